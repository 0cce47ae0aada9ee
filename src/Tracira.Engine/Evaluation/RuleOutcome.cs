namespace Tracira;

/// <summary>What one rule said about one output. Reasons and matches are read from the <see cref="Evaluation"/> that holds it.</summary>
public readonly struct RuleOutcome
{
    internal RuleOutcome(Rule rule, RuleOutcomeKind kind, int index)
    {
        Rule = rule;
        Kind = kind;
        Index = index;
    }

    /// <summary>The rule that was applied.</summary>
    public Rule Rule { get; }

    /// <summary>What it said.</summary>
    public RuleOutcomeKind Kind { get; }

    /// <summary>The rule's place in the set.</summary>
    internal int Index { get; }
}
