using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tracira;

/// <summary>Has the pipeline take up pending logs when the host starts.</summary>
internal sealed partial class PendingLogRecovery(LogPipeline pipeline, ILogger<PendingLogRecovery> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int count = await pipeline.RecoverAsync(stoppingToken).ConfigureAwait(false);
        if (count > 0)
            LogTakenUp(logger, count);
    }

    [LoggerMessage(1, LogLevel.Information, "Took up {Count} pending logs")]
    private static partial void LogTakenUp(ILogger logger, int count);
}
