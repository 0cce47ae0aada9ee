namespace Tracira;

/// <summary>Takes down what one condition finds; where nobody asked for more than the verdict, nothing.</summary>
internal ref struct Findings(Evaluation? evaluation)
{
    /// <summary>The finding so far.</summary>
    public Finding Finding;

    /// <summary>Whether matches and shown values are wanted.</summary>
    public readonly bool Wanted => evaluation is not null;

    /// <summary>Takes down a place in the output. Of more than 20 the first in the text are kept.</summary>
    public void AddMatch(TextMatch place) => evaluation?.AddMatch(ref Finding, place);

    /// <summary>Takes down the value that was found instead of the expected one.</summary>
    public void Show(ReadOnlySpan<byte> utf8) => evaluation?.Show(ref Finding, utf8);

    /// <summary>Ends with an outcome and the reason for it.</summary>
    public RuleOutcomeKind Because(int reason, RuleOutcomeKind outcome, long number = 0, double fraction = 0)
    {
        Finding.Reason = reason;
        Finding.Number = number;
        Finding.Fraction = fraction;
        return outcome;
    }
}
