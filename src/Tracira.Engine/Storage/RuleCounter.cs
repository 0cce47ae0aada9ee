namespace Tracira;

/// <summary>
/// How many flagged logs of a project and day a rule flagged, with one decision. Counters of zero are not kept. A log counts for the first
/// <see cref="MaxRulesOfLog"/> rules that flagged it; a project's day tells the first <see cref="MaxRules"/> rules apart.
/// </summary>
/// <param name="ProjectId">The project.</param>
/// <param name="RuleId">The rule, also one that was deleted since; null for all rules that came when there were <see cref="MaxRules"/> already.</param>
/// <param name="Day">The UTC day of the logs' timestamps.</param>
/// <param name="Decision">What people decided on the logs; null where nobody has.</param>
/// <param name="Count">How many logs; 1 or more.</param>
public sealed record RuleCounter(string ProjectId, string? RuleId, DateOnly Day, DecisionKind? Decision, long Count)
{
    /// <summary>How many rules are told apart in a project and day.</summary>
    public const int MaxRules = 500;

    /// <summary>For how many rules a log counts, in rule order.</summary>
    public const int MaxRulesOfLog = 100;

    /// <summary>What the rule was called in the last of its revisions that is known; empty without a <see cref="RuleId"/>.</summary>
    public string RuleName { get; init; } = "";
}
