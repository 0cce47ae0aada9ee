namespace Tracira;

/// <summary>What one rule said about a log, kept with the rule as it was at that moment.</summary>
/// <param name="Rule">The rule, in the revision that was applied.</param>
/// <param name="Outcome">What it said.</param>
public sealed record AppliedRule(Rule Rule, RuleOutcomeKind Outcome)
{
    /// <summary>Why, for a reviewer; null where a rule without a judge passed.</summary>
    public string? Reason { get; init; }

    /// <summary>Where in the output, in text order; at most 20 places.</summary>
    public IReadOnlyList<TextMatch> Matches { get; init; } = [];

    /// <summary>For a judge rule: how sure the judge was, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>For a judge rule: the model that was asked.</summary>
    public string? Model { get; init; }

    /// <summary>For a judge rule: the model's raw answer.</summary>
    public string? LlmOutput { get; init; }

    /// <summary>For a judge rule: what asking took; null where that is not known.</summary>
    public JudgeUsage? Usage { get; init; }
}
