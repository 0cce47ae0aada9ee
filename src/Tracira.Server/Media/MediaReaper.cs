using Tracira.Server.Hosting;

namespace Tracira.Server.Media;

/// <summary>Has files that belong to nothing removed, every now and then.</summary>
internal sealed partial class MediaReaper(MediaKeeper keeper, ServerOptions options, TimeProvider time, ILogger<MediaReaper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ReapInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                int removed = await keeper.ReapAsync(stoppingToken).ConfigureAwait(false);
                if (removed > 0)
                    LogReaped(logger, removed);
            }
            catch (StoreUnavailableException exception)
            {
                LogFailed(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Removed {Count} files that belonged to no log")]
    private static partial void LogReaped(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Files that belong to no log could not be removed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
