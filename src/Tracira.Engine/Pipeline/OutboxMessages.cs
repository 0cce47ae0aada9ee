namespace Tracira;

/// <summary>The messages that an event of a log gives rise to: to the log's own callback, and to whoever else wants to hear of it.</summary>
internal static class OutboxMessages
{
    private const string Evaluated = "log.evaluated";
    private const string Decided = "log.decided";

    /// <summary>What a finished evaluation gives rise to.</summary>
    public static IReadOnlyList<OutboxMessage> ForEvaluated(Log log, IEventReceivers receivers, TimeProvider time) =>
        log.Status == LogStatus.Pending ? [] : Address(log, Evaluated, Asked(log.CallbackEvents, log.Status), receivers.Find(log, Evaluated), time);

    /// <summary>What the verdict of a log that had ended in error gives rise to.</summary>
    public static IReadOnlyList<OutboxMessage> ForLate(Log before, Log after, IEventReceivers receivers, TimeProvider time) =>
        Address(after, Evaluated, Asked(after.CallbackEvents, after.Status), receivers.FindLate(before, after), time);

    /// <summary>What a human decision gives rise to. <see cref="CallbackEvents.All"/> is about evaluations: who waits for decisions says so.</summary>
    public static IReadOnlyList<OutboxMessage> ForDecided(Log log, IEventReceivers receivers, TimeProvider time) =>
        Address(log, Decided, log.CallbackEvents is CallbackEvents.Decisions or CallbackEvents.FlaggedErrorDecisions, receivers.Find(log, Decided), time);

    /// <summary>What a reported problem gives rise to. The log's own callback has had its evaluation, and a workflow goes on once.</summary>
    public static IReadOnlyList<OutboxMessage> ForFlagged(Log log, IEventReceivers receivers, TimeProvider time) =>
        Address(log, Evaluated, callback: false, receivers.Find(log, Evaluated), time);

    private static IReadOnlyList<OutboxMessage> Address(Log log, string eventName, bool callback, IReadOnlyList<string> urls, TimeProvider time)
    {
        if (callback && log.CallbackUrl is { } own && !urls.Contains(own))
            urls = [own, .. urls];
        if (urls.Count == 0)
            return [];
        DateTimeOffset now = time.GetUtcNow();
        return [.. urls.Select(url => new OutboxMessage(
            Guid.CreateVersion7(now).ToString(), log.WorkspaceId, log.Id, eventName, url, WholeMilliseconds.Of(now)))];
    }

    private static bool Asked(CallbackEvents events, LogStatus status) => events switch
    {
        CallbackEvents.All => true,
        CallbackEvents.Pass => status == LogStatus.Pass,
        CallbackEvents.FlaggedError or CallbackEvents.FlaggedErrorDecisions => status is LogStatus.Flagged or LogStatus.Error,
        _ => false,
    };
}
