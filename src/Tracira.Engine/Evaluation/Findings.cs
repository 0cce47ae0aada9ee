namespace Tracira;

/// <summary>Takes down what one condition finds; where nobody asked for more than the verdict, nothing.</summary>
/// <param name="evaluation">Takes matches and shown values; null where they are not wanted.</param>
/// <param name="rule">The rule's place in the set.</param>
internal ref struct Findings(Evaluation? evaluation, int rule)
{
    /// <summary>The finding so far.</summary>
    public Finding Finding;

    /// <summary>The rule's place in the set.</summary>
    public readonly int Rule => rule;

    /// <summary>Whether matches and shown values are wanted.</summary>
    public readonly bool Wanted => evaluation is not null;

    /// <summary>Takes down a place in the output. Of more than 20 the first in the text are kept.</summary>
    public void AddMatch(TextMatch place) => evaluation?.AddMatch(ref Finding, place);

    /// <summary>Takes down the value that was found instead of the expected one.</summary>
    public void Show(ReadOnlySpan<char> text) => evaluation?.Show(ref Finding, text);

    /// <summary>Ends with an outcome and the reason for it.</summary>
    public RuleOutcomeKind Because(int reason, RuleOutcomeKind outcome, long number = 0, double fraction = 0)
    {
        Finding.Reason = reason;
        Finding.Number = number;
        Finding.Fraction = fraction;
        return outcome;
    }
}
