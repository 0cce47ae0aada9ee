namespace Tracira;

/// <summary>How many logs share a project, task, status, decision and day. Counters of zero are not kept.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="TaskName">The task, or null for logs without one.</param>
/// <param name="Status">The status.</param>
/// <param name="Day">The UTC day of the logs' timestamps.</param>
/// <param name="Count">How many; 1 or more.</param>
public sealed record LogCounter(string ProjectId, string? TaskName, LogStatus Status, DateOnly Day, long Count)
{
    /// <summary>What people decided on them; null where nobody has.</summary>
    public DecisionKind? Decision { get; init; }
}
