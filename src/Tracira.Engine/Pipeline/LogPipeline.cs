using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tracira;

/// <summary>
/// The way of every output, from submission to durable verdict: check the fields, find project and rules, evaluate, store. In-process
/// callers and the HTTP API walk the same way. Safe to use from any number of threads.
/// </summary>
public sealed class LogPipeline : IAsyncDisposable
{
    private const int MaxPlacings = 10;

    private readonly ITraciraStore _store;
    private readonly IJudge _judge;
    private readonly TimeProvider _time;
    private readonly LogIntake _intake;
    private readonly JudgeRetries _retries;
    private readonly JudgeQueue _judging;

    /// <summary>Creates a pipeline over a store.</summary>
    /// <param name="store">Keeps what goes through the pipeline; outlives it.</param>
    /// <param name="rules">The rules to apply.</param>
    /// <param name="judge">Answers judge rules; without one they end in error.</param>
    /// <param name="options">Settings, or null for the defaults.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    /// <param name="logger">Where trouble is reported.</param>
    /// <param name="receivers">Who wants to hear of logs besides their callbacks; null for nobody.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public LogPipeline(
        ITraciraStore store,
        RuleCatalog rules,
        IJudge? judge = null,
        PipelineOptions? options = null,
        TimeProvider? time = null,
        ILogger<LogPipeline>? logger = null,
        IEventReceivers? receivers = null)
    {
        options ??= new PipelineOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.JudgeConcurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.JudgeConcurrency, 1000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.JudgeRetryPeriod, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.JudgeRetryPause, TimeSpan.Zero, nameof(options));
        _store = store;
        _judge = judge ?? new NoJudge();
        _time = time ?? TimeProvider.System;
        receivers ??= new NoReceivers();
        _intake = new LogIntake(store, rules, receivers, _time);
        logger ??= NullLogger<LogPipeline>.Instance;
        _retries = new JudgeRetries(store, _judge, receivers, options, _time, logger);
        _judging = new JudgeQueue(store.Logs, _judge, _retries, receivers, options.JudgeConcurrency, _time, logger);
    }

    /// <summary>Takes one output in. When the task completes, an accepted log is durable.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was accepted.</exception>
    public async ValueTask<SubmissionResult> SubmitAsync(LogSubmission submission, CancellationToken cancellationToken = default)
    {
        using Activity? activity = PipelineTelemetry.Activities.StartActivity("tracira.submit");
        List<FieldError> errors = [];
        LogSubmission normal = await _intake.CheckAsync(submission, errors, cancellationToken).ConfigureAwait(false);
        if (errors.Count > 0)
            return new SubmissionResult { Outcome = SubmissionOutcome.Invalid, Errors = errors };

        Stored stored = await PlacingAnewAsync(async () =>
        {
            LogDraft draft = await _intake.DraftAsync(normal, cancellationToken).ConfigureAwait(false);
            long started = _time.GetTimestamp();
            Log? existing = await _store.Logs.AppendAsync(draft.Log, draft.Messages, cancellationToken).ConfigureAwait(false);
            return new Stored(draft, existing, _time.GetElapsedTime(started));
        }).ConfigureAwait(false);
        return await FinishAsync(stored, normal.Wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes several outputs of one workspace in, each judged on its own, all accepted ones as one durable write.</summary>
    /// <returns>For each of them, in order, what sending it alone behind those before it would have returned; only that none can be a
    /// revision of another one of them.</returns>
    /// <exception cref="ArgumentException">They are for more than one workspace.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was accepted.</exception>
    public async ValueTask<IReadOnlyList<SubmissionResult>> SubmitManyAsync(
        IReadOnlyList<LogSubmission> submissions, CancellationToken cancellationToken = default)
    {
        if (submissions.DistinctBy(static submission => submission.WorkspaceId).Count() > 1)
            throw new ArgumentException("The submissions are for more than one workspace.", nameof(submissions));

        var results = new SubmissionResult[submissions.Count];
        List<(int Index, LogSubmission Normal)> valid = [];
        for (int i = 0; i < submissions.Count; i++)
        {
            List<FieldError> errors = [];
            LogSubmission normal = await _intake.CheckAsync(submissions[i], errors, cancellationToken).ConfigureAwait(false);
            if (errors.Count > 0)
                results[i] = new SubmissionResult { Outcome = SubmissionOutcome.Invalid, Errors = errors };
            else
                valid.Add((i, normal));
        }

        Stored[] stored = await PlacingAnewAsync(() => StoreAsync([.. valid.Select(static entry => entry.Normal)], cancellationToken)).ConfigureAwait(false);
        await Task.WhenAll(valid.Select(async (entry, i) =>
            results[entry.Index] = await FinishAsync(stored[i], entry.Normal.Wait, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        return results;
    }

    /// <summary>Evaluates an output without storing anything, as when a rule is tried out.</summary>
    /// <param name="workspaceId">Whose judge settings apply.</param>
    /// <param name="rules">The rules to apply.</param>
    /// <param name="output">The output.</param>
    /// <param name="confidence">The model's own confidence, 0 to 1, where it is known.</param>
    /// <param name="cancellationToken">Gives up waiting for judges.</param>
    /// <returns>A log that is nowhere stored, with status, applied rules and explanation.</returns>
    /// <exception cref="RuleException">A rule's value does not fit its type.</exception>
    public async ValueTask<Log> TryAsync(
        string workspaceId, IReadOnlyList<Rule> rules, string output, double? confidence, CancellationToken cancellationToken = default)
    {
        Log log = _intake.Evaluate(
            new LogSubmission("", output) { WorkspaceId = workspaceId, Confidence = confidence },
            new Placement(new Project("", "", default), null),
            RuleSet.Compile(rules, _time));
        JudgeRound round = await JudgeRound.AskAsync(_judge, log, cancellationToken).ConfigureAwait(false);
        return LogVerdict.Conclude(log, round.Applied);
    }

    /// <summary>
    /// Takes up again what was pending when the process last ended, and what waits for a judge to be asked again. Call once, at start-up.
    /// </summary>
    /// <returns>How many pending logs were taken up.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        await _retries.RecoverAsync(cancellationToken).ConfigureAwait(false);
        int count = 0;
        await foreach ((string workspaceId, string id) in _store.Logs.ReadPendingAsync(cancellationToken).ConfigureAwait(false))
        {
            _ = _judging.Enqueue(workspaceId, id);
            count++;
        }

        return count;
    }

    /// <summary>Stops judging. Logs not yet judged stay pending in the store and are taken up at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _judging.DisposeAsync().ConfigureAwait(false);
        await _retries.DisposeAsync().ConfigureAwait(false);
    }

    // A project can be deleted after a log was placed in it and before the log is stored. Placing the log again makes the project anew.
    private static async ValueTask<T> PlacingAnewAsync<T>(Func<ValueTask<T>> placeAndStore)
    {
        for (int placing = 1; ; placing++)
        {
            try
            {
                return await placeAndStore().ConfigureAwait(false);
            }
            catch (ProjectGoneException) when (placing < MaxPlacings)
            {
                // Nothing was stored.
            }
        }
    }

    private async ValueTask<Stored[]> StoreAsync(LogSubmission[] normals, CancellationToken cancellationToken)
    {
        if (normals.Length == 0)
            return [];
        var drafts = new LogDraft[normals.Length];
        for (int i = 0; i < drafts.Length; i++)
            drafts[i] = await _intake.DraftAsync(normals[i], cancellationToken).ConfigureAwait(false);
        long started = _time.GetTimestamp();
        IReadOnlyList<Log?> existing = await _store.Logs
            .AppendManyAsync([.. drafts.Select(static draft => new LogWrite(draft.Log, draft.Messages))], cancellationToken).ConfigureAwait(false);
        TimeSpan storeTime = _time.GetElapsedTime(started);
        return [.. drafts.Select((draft, i) => new Stored(draft, existing[i], storeTime))];
    }

    private async ValueTask<SubmissionResult> FinishAsync(Stored stored, TimeSpan wait, CancellationToken cancellationToken)
    {
        (LogDraft draft, Log? existing, TimeSpan storeTime) = stored;
        if (existing is not null && existing.Fingerprint != draft.Log.Fingerprint)
            return new SubmissionResult { Outcome = SubmissionOutcome.IdConflict, Log = existing };
        if (existing is null)
            PipelineTelemetry.NoteAccepted(draft.Log.Status, draft.RulesTime);
        long started = _time.GetTimestamp();
        Log judged = await JudgeAsync(existing ?? draft.Log, wait, cancellationToken).ConfigureAwait(false);
        return new SubmissionResult
        {
            Outcome = existing is null ? SubmissionOutcome.Accepted : SubmissionOutcome.Repeated,
            Log = judged,
            RulesTime = draft.RulesTime,
            StoreTime = storeTime,
            JudgeTime = _time.GetElapsedTime(started),
        };
    }

    private async ValueTask<Log> JudgeAsync(Log log, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (log.Status != LogStatus.Pending)
            return log;
        Task<Log?> judging = _judging.Enqueue(log.WorkspaceId, log.Id);
        if (wait == TimeSpan.Zero)
            return log;
        try
        {
            return await judging.WaitAsync(wait, _time, cancellationToken).ConfigureAwait(false) ?? log;
        }
        catch (TimeoutException)
        {
            return log;
        }
    }

    private readonly record struct Stored(LogDraft Draft, Log? Existing, TimeSpan StoreTime);
}
