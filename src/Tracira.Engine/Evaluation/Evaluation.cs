namespace Tracira;

/// <summary>
/// A reusable buffer that <see cref="RuleSet.Evaluate(ReadOnlySpan{char}, double?, Evaluation)"/> fills with the outcome of each rule.
/// Not thread-safe; keep one per thread or pool them.
/// </summary>
public sealed class Evaluation
{
    /// <summary>The outcomes added up.</summary>
    public Verdict Verdict { get; }

    /// <summary>One outcome for each rule of the set, in rule order.</summary>
    public ReadOnlySpan<RuleOutcome> Outcomes => default;

    /// <summary>Where the rule matched, in text order; at most 20 places. Empty where the rule is not about places in the text.</summary>
    public ReadOnlySpan<TextMatch> MatchesOf(in RuleOutcome outcome) => throw new InvalidOperationException(outcome.ToString());

    /// <summary>
    /// Why the rule was triggered, could not be evaluated or was skipped, as a sentence for a reviewer; null where it passed. Builds the
    /// string when asked, so that an evaluation nobody explains allocates nothing.
    /// </summary>
    public string? ReasonOf(in RuleOutcome outcome) => throw new InvalidOperationException(outcome.ToString());
}
