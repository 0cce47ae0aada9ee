using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>Removes messages that were delivered long enough ago that nobody looks at them any more.</summary>
internal sealed partial class DeliverySweep(ITraciraStore store, ServerOptions options, TimeProvider time, ILogger<DeliverySweep> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BatchPause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstPause, time, stoppingToken).ConfigureAwait(false);
        while (true)
        {
            try
            {
                DateTimeOffset before = time.GetUtcNow() - options.Outbound.KeepDelivered;
                while (await store.Outbox.RemoveDeliveredAsync(before, BatchSize, stoppingToken).ConfigureAwait(false) == BatchSize)
                    await Task.Delay(BatchPause, time, stoppingToken).ConfigureAwait(false);
            }
            catch (StoreUnavailableException exception)
            {
                LogPutOff(logger, exception);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Delivered messages could not be removed; it is tried again")]
    private static partial void LogPutOff(ILogger logger, Exception exception);
}
