namespace Tracira.Storage.PostgreSql;

/// <summary>What of a log the counters know.</summary>
/// <param name="Workspace">Its workspace's number.</param>
/// <param name="Project">Its project's number.</param>
/// <param name="Task">Its task's name.</param>
/// <param name="Day">The UTC day of its timestamp, from 0001-01-01.</param>
/// <param name="Status">Its status.</param>
/// <param name="Decision">What a person decided, or <see cref="NoDecision"/>.</param>
/// <param name="Model">Its model.</param>
/// <param name="IsOtherModel">Whether it is counted among the models that are not told apart.</param>
/// <param name="Rules">The rules that it counts for; null stands for one that is not told apart.</param>
/// <param name="LatencyMs">How long its model took.</param>
/// <param name="CostUsd">What that cost.</param>
internal sealed record LogCount(
    int Workspace, int Project, string? Task, int Day, LogStatus Status, short Decision, string? Model, bool IsOtherModel, string?[] Rules, double? LatencyMs, double? CostUsd)
{
    public const short NoDecision = -1;

    /// <summary>A decision as a number.</summary>
    public static short DecisionOf(Log log) => log.Decision is { } decision ? (short)decision.Kind : NoDecision;

    /// <summary>The rules that flagged a log and that it counts for.</summary>
    public static string[] RulesOf(Log log) => log.Status != LogStatus.Flagged ? [] :
    [
        .. log.AppliedRules
            .Where(static applied => applied.Outcome == RuleOutcomeKind.Flagged)
            .Take(RuleCounter.MaxRulesOfLog)
            .Select(static applied => StoredText.Write(applied.Rule.Id)),
    ];
}
