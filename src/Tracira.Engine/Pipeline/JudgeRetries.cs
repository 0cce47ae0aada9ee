using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Tracira;

/// <summary>
/// Asks again about logs whose judge could not be asked, first soon and then ever more seldom, until it answers, a person has decided, or
/// too much time has passed. What waits is a record beside the log, so that a restart goes on with it.
/// </summary>
internal sealed partial class JudgeRetries : IAsyncDisposable
{
    // So that what failed together does not come back together.
    private const double Jitter = 0.2;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly ITraciraStore _store;
    private readonly IJudge _judge;
    private readonly IEventReceivers _receivers;
    private readonly PipelineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PriorityQueue<JudgeRetry, DateTimeOffset> _waiting = new();

    // What counts of a log: an id may come again after its log is gone, and what waited for the first is void then.
    private readonly Dictionary<(string WorkspaceId, string LogId), JudgeRetry> _current = [];
    private readonly Channel<JudgeRetry> _due = Channel.CreateUnbounded<JudgeRetry>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ITimer _timer;
    private readonly Task[] _workers;

    public JudgeRetries(ITraciraStore store, IJudge judge, IEventReceivers receivers, PipelineOptions options, TimeProvider time, ILogger logger)
    {
        _store = store;
        _judge = judge;
        _receivers = receivers;
        _options = options;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => HandOutDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _workers = [.. Enumerable.Range(0, options.JudgeConcurrency).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>
    /// Has a log's judge asked again later, where there is anything to hope for. To be called before the log is completed: whatever ends the
    /// process in between, it is not forgotten.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing will be asked.</exception>
    public async Task AddAsync(Log failed, JudgeRound round)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var first = new JudgeRetry(failed.WorkspaceId, failed.Id, now, 0, now, round.Unanswered);
        if (After(first, round, now) is not { } retry)
            return;
        await _store.Records.WriteAsync([retry.ToRecord()]).ConfigureAwait(false);
        Schedule(retry);
    }

    /// <summary>Takes up what was waiting when the process last ended.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Record> records = await _store.Records
            .ListAsync(JudgeRetry.Kind, JudgeRetry.NoWorkspace, cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (Record record in records)
            Schedule(JudgeRetry.Read(record));
    }

    public async ValueTask DisposeAsync()
    {
        _due.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Schedule(JudgeRetry retry)
    {
        lock (_waiting)
        {
            _current[(retry.WorkspaceId, retry.LogId)] = retry;
            _waiting.Enqueue(retry, retry.DueAt);
        }

        HandOutDue();
    }

    private void HandOutDue()
    {
        lock (_waiting)
        {
            DateTimeOffset now = _time.GetUtcNow();
            while (_waiting.TryPeek(out JudgeRetry? next, out DateTimeOffset dueAt))
            {
                if (dueAt > now)
                {
                    TimeSpan pause = dueAt - now;
                    _timer.Change(pause < LongestPause ? pause : LongestPause, Timeout.InfiniteTimeSpan);
                    return;
                }

                _waiting.Dequeue();
                if (_current.TryGetValue((next.WorkspaceId, next.LogId), out JudgeRetry? current) && current == next)
                    _due.Writer.TryWrite(next);
            }
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (JudgeRetry retry in _due.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
                await RetryAsync(retry).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What waits is in the store for the next start.
        }
    }

    private async Task RetryAsync(JudgeRetry retry)
    {
        try
        {
            JudgeRetry? next = await AskAsync(retry).ConfigureAwait(false);
            await _store.Records.WriteAsync([next?.ToRecord() ?? retry.ToRemoval()], CancellationToken.None).ConfigureAwait(false);
            if (next is not null)
                Schedule(next);
            else
                Forget(retry);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            // Mostly the store. Whatever it is, the next log is none the worse for it.
            LogPutOff(_logger, retry.LogId, exception);
            Schedule(retry with { DueAt = _time.GetUtcNow() + LongestPause });
        }
    }

    /// <returns>When to ask next; null where there is nothing left to ask.</returns>
    private async Task<JudgeRetry?> AskAsync(JudgeRetry retry)
    {
        Log? log = await _store.Logs.FindAsync(retry.WorkspaceId, retry.LogId, _stopping.Token).ConfigureAwait(false);
        if (log is { Status: LogStatus.Pending })
            return retry with { DueAt = _time.GetUtcNow() + _options.JudgeRetryPause }; // the process ended between noting this and completing the log
        IReadOnlyList<int> places = retry.PlacesIn(log);
        if (log is null || places.Count == 0)
            return null;
        using Activity? activity = PipelineTelemetry.Activities.StartActivity("tracira.judge");
        long started = _time.GetTimestamp();
        JudgeRound round = await JudgeRound.AskAsync(_judge, log, places, _stopping.Token).ConfigureAwait(false);
        TimeSpan judgeTime = _time.GetElapsedTime(started);
        LogChange change = (await _store.Logs.ChangeAsync(retry.WorkspaceId, [retry.LogId], Answer, CancellationToken.None).ConfigureAwait(false))[0];
        if (change is not { Changed: true, Log: { } judged })
            return null; // a person was quicker, or the log is gone
        if (judged.Status != LogStatus.Error)
        {
            PipelineTelemetry.NoteJudged(judged.Status, judgeTime);
            return null;
        }

        JudgeRetry? next = After(retry with { Attempts = retry.Attempts + 1, Places = round.Unanswered }, round, _time.GetUtcNow());
        if (next is null)
            LogGivenUp(_logger, retry.LogId, retry.Attempts + 1);
        return next;

        // Whatever else has become of the log meanwhile stays, and who was told of the error hears of the verdict.
        LogWrite? Answer(Log now)
        {
            if (retry.PlacesIn(now).Count == 0)
                return null;
            Log answered = LogVerdict.Conclude(now, round.Applied);
            return new LogWrite(answered, answered.Status == now.Status ? [] : OutboxMessages.ForLate(now, answered, _receivers, _time));
        }
    }

    /// <returns>When to ask next; null where nothing is to be hoped for, or not in time.</returns>
    private JudgeRetry? After(JudgeRetry retry, JudgeRound round, DateTimeOffset now)
    {
        DateTimeOffset until = retry.FailedAt + _options.JudgeRetryPeriod;
        if (round.Unanswered.Count == 0 || now >= until || now + round.Patience > until)
            return null;
        TimeSpan pause = _options.JudgeRetryPause * Math.Pow(2, Math.Min(retry.Attempts, 20));
        if (pause > LongestPause)
            pause = LongestPause;
        pause *= 1 - Jitter + (2 * Jitter * Random.Shared.NextDouble());
        DateTimeOffset dueAt = now + (pause > round.Patience ? pause : round.Patience);
        return retry with { DueAt = dueAt < until ? dueAt : until };
    }

    private void Forget(JudgeRetry retry)
    {
        lock (_waiting)
        {
            if (_current.TryGetValue((retry.WorkspaceId, retry.LogId), out JudgeRetry? current) && current == retry)
                _current.Remove((retry.WorkspaceId, retry.LogId));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Log {LogId} is left to a person: its judge was asked again {Attempts} times in vain")]
    private static partial void LogGivenUp(ILogger logger, string logId, int attempts);

    [LoggerMessage(2, LogLevel.Error, "Log {LogId} could not be read or changed to ask its judge again; it is tried later")]
    private static partial void LogPutOff(ILogger logger, string logId, Exception exception);
}
