namespace Tracira;

/// <summary>What people say about logs: decisions, of which the first stands, and problems found later. Safe to use from any number of threads.</summary>
/// <param name="store">Where the logs are.</param>
/// <param name="time">The clock, or null for the system's.</param>
/// <param name="receivers">Who wants to hear of logs besides their callbacks; null for nobody.</param>
public sealed class LogReviews(ITraciraStore store, TimeProvider? time = null, IEventReceivers? receivers = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly IEventReceivers _receivers = receivers ?? new NoReceivers();

    /// <summary>Decides on logs, all of them as one durable write with the messages that gives rise to.</summary>
    /// <param name="workspaceId">The workspace they are in.</param>
    /// <param name="ids">Their ids, each once.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>For each id, in order, what became of it.</returns>
    /// <exception cref="ArgumentException"><see cref="Decision.Validate"/> finds something to mend.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was decided.</exception>
    public async ValueTask<IReadOnlyList<ReviewResult>> DecideAsync(
        string workspaceId, IReadOnlyList<string> ids, Decision decision, CancellationToken cancellationToken = default)
    {
        if (decision.Validate() is [{ } error, ..])
            throw new ArgumentException($"{error.Field} {error.Message}.", nameof(decision));
        Decision kept = decision with { At = WholeMilliseconds.Of(decision.At) };
        IReadOnlyList<LogChange> changes = await store.Logs.ChangeAsync(workspaceId, ids, Decide, cancellationToken).ConfigureAwait(false);
        return [.. changes.Select(change => new ReviewResult(OutcomeOf(change, kept), change.Log))];

        LogWrite? Decide(Log log)
        {
            if (log.Status == LogStatus.Pending || log.Decision is not null)
                return null;
            Log decided = log with { Decision = kept };
            return new LogWrite(decided, OutboxMessages.ForDecided(decided, _receivers, _time));
        }
    }

    /// <summary>
    /// Reports a problem with a log that has its verdict: it becomes flagged, and waits for a person whatever was decided before. The
    /// reason becomes its explanation.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<ReviewResult> FlagAsync(string workspaceId, string id, LogFlag flag, CancellationToken cancellationToken = default)
    {
        LogFlag kept = flag with { At = WholeMilliseconds.Of(flag.At) };
        IReadOnlyList<LogChange> changes = await store.Logs.ChangeAsync(workspaceId, [id], Flag, cancellationToken).ConfigureAwait(false);
        return new ReviewResult(OutcomeOf(changes[0], null), changes[0].Log);

        LogWrite? Flag(Log log)
        {
            if (log.Status == LogStatus.Pending)
                return null;
            Log flagged = log with
            {
                Status = LogStatus.Flagged,
                Flag = kept,
                Decision = null,
                Explanation = kept.Reason ?? "A problem was reported.",
            };
            return new LogWrite(flagged, OutboxMessages.ForFlagged(flagged, _receivers, _time));
        }
    }

    private static ReviewOutcome OutcomeOf(LogChange change, Decision? decision) =>
        change.Log is not { } log ? ReviewOutcome.NotFound
        : change.Changed ? ReviewOutcome.Done
        : log.Status == LogStatus.Pending ? ReviewOutcome.StillEvaluating
        : log.Decision is { } standing && decision is not null && standing.SaysTheSameAs(decision) ? ReviewOutcome.Repeated
        : ReviewOutcome.AlreadyDecided;
}
