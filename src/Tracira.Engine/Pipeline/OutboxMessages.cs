namespace Tracira;

/// <summary>The messages that an event of a log gives rise to.</summary>
internal static class OutboxMessages
{
    /// <summary>What a finished evaluation gives rise to.</summary>
    public static IReadOnlyList<OutboxMessage> ForEvaluated(Log log, TimeProvider time)
    {
        if (log.CallbackUrl is null || log.Status == LogStatus.Pending || !Asked(log.CallbackEvents, log.Status))
            return [];
        DateTimeOffset now = time.GetUtcNow();
        return [new OutboxMessage(Guid.CreateVersion7(now).ToString(), log.WorkspaceId, log.Id, "log.evaluated", log.CallbackUrl, WholeMilliseconds.Of(now))];
    }

    private static bool Asked(CallbackEvents events, LogStatus status) => events switch
    {
        CallbackEvents.All => true,
        CallbackEvents.Pass => status == LogStatus.Pass,
        CallbackEvents.FlaggedError or CallbackEvents.FlaggedErrorDecisions => status is LogStatus.Flagged or LogStatus.Error,
        _ => false,
    };
}
