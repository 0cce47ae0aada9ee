namespace Tracira;

/// <summary>What a <see cref="LogQuery"/> means, log by log.</summary>
internal static class InMemoryLogQuery
{
    private static readonly int[] StatusRanks = [3, 2, 1, 0]; // error, flagged, pass, pending

    /// <summary>Whether every condition holds for a log.</summary>
    public static bool Matches(LogQuery query, Log log) =>
        MatchesButForOutput(query, log)
        && (query.OutputText is null || log.Output.Contains(query.OutputText, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether every condition holds for a log except the one about its output.</summary>
    public static bool MatchesButForOutput(LogQuery query, Log log) =>
        log.WorkspaceId == query.WorkspaceId
        && (!query.AwaitingReview || log.AwaitsReview)
        && (query.Status is null || log.Status == query.Status)
        && Is(query.Project, log.ProjectName)
        && Is(query.Task, log.TaskName)
        && Is(query.SessionId, log.SessionId)
        && Is(query.SubjectId, log.SubjectId)
        && Is(query.ActorId, log.ActorId)
        && (query.Text is null || Texts(log).Any(text => text?.Contains(query.Text, StringComparison.OrdinalIgnoreCase) == true))
        && query.Tags.All(tag => log.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        && (query.From is null || log.Timestamp >= query.From)
        && (query.To is null || log.Timestamp < query.To);

    /// <summary>Orders two logs.</summary>
    public static int Compare(LogQuery query, Log left, Log right)
    {
        int order = query.Sort switch
        {
            LogSort.ProjectName => string.Compare(left.ProjectName, right.ProjectName, StringComparison.OrdinalIgnoreCase),
            LogSort.Model => string.Compare(left.Model ?? "", right.Model ?? "", StringComparison.OrdinalIgnoreCase),
            LogSort.Status => StatusRanks[(int)left.Status].CompareTo(StatusRanks[(int)right.Status]),
            LogSort.LatencyMs => Nullable.Compare(left.LatencyMs, right.LatencyMs),
            LogSort.CostUsd => Nullable.Compare(left.CostUsd, right.CostUsd),
            _ => 0,
        };
        if (order == 0)
            order = left.Timestamp.CompareTo(right.Timestamp);
        if (order == 0)
            order = string.CompareOrdinal(left.Id, right.Id);
        return query.Descending ? -order : order;
    }

    private static bool Is(string? wanted, string? value) => wanted is null || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    private static string?[] Texts(Log log) => [log.ProjectName, log.TaskName, log.Model, log.SessionId, log.SubjectId, log.ActorId];
}
