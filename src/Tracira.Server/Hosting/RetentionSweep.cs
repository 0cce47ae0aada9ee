using Tracira.Server.Auth;
using Tracira.Server.Media;
using Tracira.Server.Outbound.Slack;
using Tracira.Server.Settings;

namespace Tracira.Server.Hosting;

/// <summary>
/// Removes logs that are older than server, workspace or project want them kept, with their files, audit entries that are too old or too
/// many, and what is remembered of messages that nobody will update: a few at a time, so that nobody who sends logs meanwhile waits for long.
/// </summary>
internal sealed partial class RetentionSweep(
    ITraciraStore store,
    WorkspaceDirectory workspaces,
    SettingsDirectory settings,
    ProjectRetention retention,
    MediaKeeper media,
    AuditLog audit,
    SlackPosts posts,
    ServerOptions options,
    TimeProvider time,
    ILogger<RetentionSweep> logger) : BackgroundService
{
    private const int BatchSize = 200;

    // A start has better things to do than to delete.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BatchPause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = options.RetentionSweep < FirstPause ? options.RetentionSweep : FirstPause;
        while (true)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
            pause = options.RetentionSweep;
            try
            {
                foreach (Workspace workspace in workspaces.All)
                {
                    await SweepAsync(workspace.Id, stoppingToken).ConfigureAwait(false);
                    await posts.SweepAsync(workspace.Id, stoppingToken).ConfigureAwait(false);
                    while (await audit.ForgetAsync(workspace.Id, stoppingToken).ConfigureAwait(false) > 0)
                        await Task.Delay(BatchPause, time, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Old logs that stay a while longer are no reason to stop taking new ones in.
                LogPutOff(logger, exception);
            }
        }
    }

    private async Task SweepAsync(string workspaceId, CancellationToken cancellationToken)
    {
        WorkspaceSettings set = await settings.GetAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        int otherwise = set.RetentionDays ?? options.RetentionDays;
        IReadOnlyDictionary<string, int> own = await retention.GetAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        if (own.Count == 0)
        {
            await SweepAsync(workspaceId, null, otherwise, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (Project project in await store.Projects.ListAsync(workspaceId, cancellationToken).ConfigureAwait(false))
            await SweepAsync(workspaceId, project.Id, own.TryGetValue(project.Id, out int days) ? days : otherwise, cancellationToken).ConfigureAwait(false);
    }

    private async Task SweepAsync(string workspaceId, string? projectId, int days, CancellationToken cancellationToken)
    {
        if (days == 0)
            return;
        DateTimeOffset before = time.GetUtcNow() - TimeSpan.FromDays(days);
        int total = 0;
        IReadOnlyList<string> removed;
        do
        {
            removed = await store.Logs.DeleteOlderAsync(workspaceId, projectId, before, BatchSize, cancellationToken).ConfigureAwait(false);
            total += removed.Count;
            await media.RemoveLogMediaAsync(workspaceId, removed).ConfigureAwait(false);
            if (removed.Count == BatchSize)
                await Task.Delay(BatchPause, time, cancellationToken).ConfigureAwait(false);
        }
        while (removed.Count == BatchSize);

        if (total > 0)
            LogRemoved(logger, total, days, workspaceId);
    }

    [LoggerMessage(1, LogLevel.Information, "Removed {Count} logs older than {Days} days from workspace {WorkspaceId}")]
    private static partial void LogRemoved(ILogger logger, int count, int days, string workspaceId);

    [LoggerMessage(2, LogLevel.Error, "Old logs could not be removed; the next sweep tries again")]
    private static partial void LogPutOff(ILogger logger, Exception exception);
}
