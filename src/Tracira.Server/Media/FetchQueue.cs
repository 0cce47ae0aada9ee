using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tracira.Server.Media;

/// <summary>
/// Fetches the attachments of logs with a bounded number of workers. Which logs wait is in the store as well, written before the log is:
/// what is still to be fetched when the process dies is fetched after the next start.
/// </summary>
internal sealed partial class FetchQueue(ITraciraStore store, AttachmentFetcher fetcher, ILogger<FetchQueue> logger) : IHostedService, IDisposable
{
    private const string Kind = "fetch";
    private const int Workers = 4;
    private readonly Channel<(string WorkspaceId, string LogId)> _waiting = Channel.CreateUnbounded<(string, string)>();
    private readonly ConcurrentDictionary<(string WorkspaceId, string LogId), TaskCompletionSource> _unfinished = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _workers = [];

    /// <summary>Notes durably that a log that is about to be stored has attachments to be fetched.</summary>
    public async ValueTask IntendAsync(string workspaceId, string logId) =>
        await store.Records.WriteAsync([new RecordWrite(Kind, workspaceId, logId, "{}")]).ConfigureAwait(false);

    /// <summary>Takes that back: all are fetched, or the log was not stored.</summary>
    public async ValueTask ForgetAsync(string workspaceId, string logId) =>
        await store.Records.WriteAsync([new RecordWrite(Kind, workspaceId, logId, null)]).ConfigureAwait(false);

    /// <summary>Queues a log whose attachments are to be fetched, unless it is queued already.</summary>
    /// <returns>Completes when they are fetched or given up, or the server ends.</returns>
    public Task Enqueue(string workspaceId, string logId)
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource known = _unfinished.GetOrAdd((workspaceId, logId), finished);
        if (known == finished)
            _waiting.Writer.TryWrite((workspaceId, logId));
        return known.Task;
    }

    // The intents are read before the doors open: none of them can be of a log that is just about to be stored.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (Workspace workspace in await store.Workspaces.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (Record intent in await store.Records.ListAsync(Kind, workspace.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
                _ = Enqueue(workspace.Id, intent.Id);
        }

        _workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach ((string, string) key in _unfinished.Keys)
            Finish(key);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        try
        {
            await foreach ((string WorkspaceId, string LogId) key in _waiting.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await FetchAsync(key.WorkspaceId, key.LogId).ConfigureAwait(false);
                Finish(key);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is left stays in the store for the next start.
        }
    }

    private async Task FetchAsync(string workspaceId, string logId)
    {
        try
        {
            if (await store.Logs.FindAsync(workspaceId, logId, _stopping.Token).ConfigureAwait(false) is { } log)
            {
                IEnumerable<int> waiting = Enumerable.Range(0, log.Attachments.Count).Where(index => AttachmentFetcher.IsWaiting(log.Attachments[index]));
                await Parallel.ForEachAsync(
                    waiting,
                    new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = _stopping.Token },
                    async (index, cancellationToken) => await FetchAsync(log, index, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }

            await ForgetAsync(workspaceId, logId).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotKept(logger, logId, exception);
        }
    }

    private async Task FetchAsync(Log log, int index, CancellationToken cancellationToken)
    {
        Attachment fetched = await fetcher.FetchAsync(log, index, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LogChange> changes = await store.Logs.ChangeAsync(
            log.WorkspaceId,
            [log.Id],
            current => index < current.Attachments.Count && AttachmentFetcher.IsWaiting(current.Attachments[index])
                ? new LogWrite(current with { Attachments = [.. current.Attachments.Select((kept, at) => at == index ? fetched : kept)] }, [])
                : null,
            CancellationToken.None).ConfigureAwait(false);
        if (changes[0].Log is null && fetched.Key is { } key)
            await store.Media.DeleteAsync(log.WorkspaceId, [key], CancellationToken.None).ConfigureAwait(false); // the log was deleted meanwhile
    }

    private void Finish((string, string) key)
    {
        if (_unfinished.TryRemove(key, out TaskCompletionSource? finished))
            finished.TrySetResult();
    }

    [LoggerMessage(1, LogLevel.Error, "Attachments of log {LogId} could not be kept; they are fetched after the next start")]
    private static partial void LogNotKept(ILogger logger, string logId, Exception exception);
}
