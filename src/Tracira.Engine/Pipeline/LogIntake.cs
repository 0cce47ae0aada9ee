using System.Collections.Concurrent;

namespace Tracira;

/// <summary>Makes logs of submissions: checks the fields, finds project and rules, applies the rules. The logs are not stored yet.</summary>
internal sealed class LogIntake(ITraciraStore store, RuleCatalog rules, IEventReceivers receivers, TimeProvider time)
{
    private readonly LogRevisions _revisions = new(store);
    private readonly ConcurrentBag<Evaluation> _evaluations = [];

    /// <summary>Brings a submission into the form that is stored.</summary>
    /// <param name="submission">The submission as it came.</param>
    /// <param name="errors">Is added an error for each field that has to be mended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<LogSubmission> CheckAsync(LogSubmission submission, List<FieldError> errors, CancellationToken cancellationToken)
    {
        LogSubmission normal = SubmissionCheck.Normalize(submission, errors);
        if (errors.Count == 0
            && normal.RevisionOf is { } original
            && await store.Logs.FindAsync(normal.WorkspaceId, original, cancellationToken).ConfigureAwait(false) is null)
        {
            errors.Add(new("revisionOf", "is not the id of a log in the workspace"));
        }

        return normal;
    }

    /// <summary>Places and evaluates a submission that has been checked.</summary>
    public async ValueTask<LogDraft> DraftAsync(LogSubmission normal, CancellationToken cancellationToken)
    {
        Placement placement = await store.Projects
            .ResolveAsync(normal.WorkspaceId, normal.Project, normal.Task, cancellationToken).ConfigureAwait(false);
        RuleSet applying = await rules.GetRuleSetAsync(normal.WorkspaceId, placement, cancellationToken).ConfigureAwait(false);
        long started = time.GetTimestamp();
        Log log = Evaluate(normal, placement, applying);
        TimeSpan rulesTime = time.GetElapsedTime(started);

        // Before the log: a link that leads nowhere is passed over, but a log without its link would be lost to its chain.
        if (log.RevisionOf is not null)
            await _revisions.LinkAsync(log, cancellationToken).ConfigureAwait(false);
        return new LogDraft(log, OutboxMessages.ForEvaluated(log, receivers, time), rulesTime);
    }

    /// <summary>Makes the log of a submission by given rules.</summary>
    public Log Evaluate(LogSubmission normal, Placement placement, RuleSet applying) =>
        LogVerdict.Conclude(Describe(normal, placement), Apply(applying, normal));

    private IReadOnlyList<AppliedRule> Apply(RuleSet applying, LogSubmission normal)
    {
        if (applying.Rules.Count == 0)
            return [];
        if (!_evaluations.TryTake(out Evaluation? evaluation))
            evaluation = new Evaluation();
        applying.Evaluate(normal.Output, normal.Confidence, evaluation, normal.Action);
        IReadOnlyList<AppliedRule> applied = LogVerdict.Collect(applying, evaluation);
        _evaluations.Add(evaluation);
        return applied;
    }

    private Log Describe(LogSubmission submission, Placement placement)
    {
        DateTimeOffset now = time.GetUtcNow();
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
            Attachments = submission.Attachments,
            Action = submission.Action,
            RequireApproval = submission.RequireApproval,
            RevisionOf = submission.RevisionOf,
            InstructionsVersion = submission.InstructionsVersion,
            CallbackUrl = submission.CallbackUrl,
            CallbackEvents = submission.CallbackEvents,
            Fingerprint = submission.Id is null ? null : LogFingerprint.Of(submission),
        };
    }
}
