using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tracira;

/// <summary>
/// Judges pending logs with a bounded number of workers. Only ids wait in memory; the logs themselves are in the store, so whatever is
/// still waiting when the process dies is taken up again by <see cref="LogPipeline.RecoverAsync"/>.
/// </summary>
internal sealed partial class JudgeQueue : IAsyncDisposable
{
    private readonly ILogStore _logs;
    private readonly IJudge _judge;
    private readonly JudgeRetries _retries;
    private readonly IEventReceivers _receivers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<(string WorkspaceId, string Id)> _waiting = Channel.CreateUnbounded<(string, string)>();
    private readonly ConcurrentDictionary<(string WorkspaceId, string Id), TaskCompletionSource<Log?>> _unfinished = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task[] _workers;

    public JudgeQueue(
        ILogStore logs, IJudge judge, JudgeRetries retries, IEventReceivers receivers, int concurrency, TimeProvider time, ILogger logger)
    {
        _logs = logs;
        _judge = judge;
        _retries = retries;
        _receivers = receivers;
        _time = time;
        _logger = logger;
        _workers = [.. Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Queues a pending log, unless it is queued already.</summary>
    /// <returns>Completes with the judged log, or with null where the log went away or could not be judged before the end.</returns>
    public Task<Log?> Enqueue(string workspaceId, string id)
    {
        var finished = new TaskCompletionSource<Log?>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Log?> known = _unfinished.GetOrAdd((workspaceId, id), finished);
        if (known == finished && !_waiting.Writer.TryWrite((workspaceId, id)))
            Finish((workspaceId, id), null);
        return known.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
        foreach ((string, string) key in _unfinished.Keys)
            Finish(key, null);
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach ((string WorkspaceId, string Id) key in _waiting.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
                Finish(key, await JudgeAsync(key.WorkspaceId, key.Id).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What is left stays pending in the store for the next start.
        }
    }

    private void Finish((string, string) key, Log? log)
    {
        if (_unfinished.TryRemove(key, out TaskCompletionSource<Log?>? finished))
            finished.TrySetResult(log);
    }

    private async Task<Log?> JudgeAsync(string workspaceId, string id)
    {
        try
        {
            Log? pending = await _logs.FindAsync(workspaceId, id, _stopping.Token).ConfigureAwait(false);
            if (pending is not { Status: LogStatus.Pending })
                return pending;
            using Activity? activity = PipelineTelemetry.Activities.StartActivity("tracira.judge");
            long started = _time.GetTimestamp();
            JudgeRound round = await JudgeRound.AskAsync(_judge, pending, _stopping.Token).ConfigureAwait(false);
            Log judged = LogVerdict.Conclude(pending, round.Applied);
            TimeSpan judgeTime = _time.GetElapsedTime(started);
            if (judged.Status == LogStatus.Error)
                await _retries.AddAsync(judged, round).ConfigureAwait(false);
            IReadOnlyList<OutboxMessage> messages = OutboxMessages.ForEvaluated(judged, _receivers, _time);
            if (!await _logs.CompleteAsync(judged, messages, CancellationToken.None).ConfigureAwait(false))
                return null;
            PipelineTelemetry.NoteJudged(judged.Status, judgeTime);
            return judged;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            LogNotCompleted(_logger, id, exception);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Log {LogId} was judged but could not be completed; it stays pending until the next start")]
    private static partial void LogNotCompleted(ILogger logger, string logId, Exception exception);
}
