using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tracira;

/// <summary>
/// The way of every output, from submission to durable verdict: check the fields, find project and rules, evaluate, store. In-process
/// callers and the HTTP API walk the same way. Safe to use from any number of threads.
/// </summary>
public sealed class LogPipeline : IAsyncDisposable
{
    private readonly ITraciraStore _store;
    private readonly RuleCatalog _rules;
    private readonly IJudge _judge;
    private readonly IEventReceivers _receivers;
    private readonly TimeProvider _time;
    private readonly JudgeQueue _judging;
    private readonly ConcurrentBag<Evaluation> _evaluations = [];

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
        int concurrency = (options ?? new PipelineOptions()).JudgeConcurrency;
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(concurrency, 1000, nameof(options));
        _store = store;
        _rules = rules;
        _judge = judge ?? new NoJudge();
        _receivers = receivers ?? new NoReceivers();
        _time = time ?? TimeProvider.System;
        _judging = new JudgeQueue(store.Logs, _judge, _receivers, concurrency, _time, logger ?? NullLogger<LogPipeline>.Instance);
    }

    /// <summary>Takes one output in. When the task completes, an accepted log is durable.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was accepted.</exception>
    public async ValueTask<SubmissionResult> SubmitAsync(LogSubmission submission, CancellationToken cancellationToken = default)
    {
        List<FieldError> errors = [];
        LogSubmission normal = SubmissionCheck.Normalize(submission, errors);
        if (errors.Count > 0)
            return new SubmissionResult { Outcome = SubmissionOutcome.Invalid, Errors = errors };

        Placement placement = await _store.Projects
            .ResolveAsync(normal.WorkspaceId, normal.Project, normal.Task, cancellationToken).ConfigureAwait(false);
        RuleSet rules = await _rules.GetRuleSetAsync(normal.WorkspaceId, placement, cancellationToken).ConfigureAwait(false);

        long started = _time.GetTimestamp();
        Log log = LogVerdict.Conclude(Describe(normal, placement), Apply(rules, normal.Output, normal.Confidence));
        long evaluated = _time.GetTimestamp();
        Log? existing = await _store.Logs
            .AppendAsync(log, OutboxMessages.ForEvaluated(log, _receivers, _time), cancellationToken).ConfigureAwait(false);
        long stored = _time.GetTimestamp();

        if (existing is not null && existing.Fingerprint != log.Fingerprint)
            return new SubmissionResult { Outcome = SubmissionOutcome.IdConflict, Log = existing };
        Log judged = await JudgeAsync(existing ?? log, submission.Wait, cancellationToken).ConfigureAwait(false);
        return new SubmissionResult
        {
            Outcome = existing is null ? SubmissionOutcome.Accepted : SubmissionOutcome.Repeated,
            Log = judged,
            RulesTime = _time.GetElapsedTime(started, evaluated),
            StoreTime = _time.GetElapsedTime(evaluated, stored),
            JudgeTime = _time.GetElapsedTime(stored),
        };
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
        AppliedRule[] applied = [.. Apply(RuleSet.Compile(rules, _time), output, confidence)];
        Log log = Describe(
            new LogSubmission("", output) { WorkspaceId = workspaceId, Confidence = confidence },
            new Placement(new Project("", "", default), null));
        for (int i = 0; i < applied.Length; i++)
        {
            if (applied[i].Outcome == RuleOutcomeKind.Undecided)
                applied[i] = await _judge.ApplyAsync(log, applied[i], cancellationToken).ConfigureAwait(false);
        }

        return LogVerdict.Conclude(log, applied);
    }

    /// <summary>Takes up again what was pending when the process last ended. Call once, at start-up.</summary>
    /// <returns>How many logs were taken up.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken = default)
    {
        int count = 0;
        await foreach ((string workspaceId, string id) in _store.Logs.ReadPendingAsync(cancellationToken).ConfigureAwait(false))
        {
            _ = _judging.Enqueue(workspaceId, id);
            count++;
        }

        return count;
    }

    /// <summary>Stops judging. Logs not yet judged stay pending in the store and are taken up at the next start.</summary>
    public ValueTask DisposeAsync() => _judging.DisposeAsync();

    private IReadOnlyList<AppliedRule> Apply(RuleSet rules, string output, double? confidence)
    {
        if (rules.Rules.Count == 0)
            return [];
        if (!_evaluations.TryTake(out Evaluation? evaluation))
            evaluation = new Evaluation();
        rules.Evaluate(output, confidence, evaluation);
        IReadOnlyList<AppliedRule> applied = LogVerdict.Collect(rules, evaluation);
        _evaluations.Add(evaluation);
        return applied;
    }

    private Log Describe(LogSubmission submission, Placement placement)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return new Log
        {
            Id = submission.Id ?? Guid.CreateVersion7(now).ToString(),
            WorkspaceId = submission.WorkspaceId,
            ProjectId = placement.Project.Id,
            ProjectName = placement.Project.Name,
            TaskName = placement.TaskName,
            Timestamp = WholeMilliseconds.Of(submission.Timestamp ?? now),
            CreatedAt = WholeMilliseconds.Of(now),
            Status = LogStatus.Pending,
            Output = submission.Output,
            Input = submission.Input,
            InputText = submission.InputText,
            Model = submission.Model,
            LatencyMs = submission.LatencyMs,
            CostUsd = submission.CostUsd,
            Confidence = submission.Confidence,
            SessionId = submission.SessionId,
            SubjectId = submission.SubjectId,
            ActorId = submission.ActorId,
            Metadata = submission.Metadata,
            Tags = submission.Tags,
            CallbackUrl = submission.CallbackUrl,
            CallbackEvents = submission.CallbackEvents,
            Fingerprint = submission.Id is null ? null : LogFingerprint.Of(submission),
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
}
