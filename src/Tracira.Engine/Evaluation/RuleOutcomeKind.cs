namespace Tracira;

/// <summary>What one rule said about one output.</summary>
public enum RuleOutcomeKind : byte
{
    /// <summary>The condition holds.</summary>
    Passed,

    /// <summary>The condition does not hold: the rule is triggered.</summary>
    Flagged,

    /// <summary>The rule could not be evaluated: its judge could not be reached, its time budget is spent.</summary>
    Error,

    /// <summary>The rule had nothing to say, as a confidence threshold where no confidence was sent.</summary>
    Skipped,

    /// <summary>A judge rule whose judge has not answered yet.</summary>
    Undecided,
}
