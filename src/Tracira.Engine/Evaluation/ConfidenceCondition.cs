using System.Globalization;

namespace Tracira;

/// <summary>Flags outputs whose model was not sure enough.</summary>
internal sealed class ConfidenceCondition(ConfidenceValue value) : Condition
{
    private const int Missing = 1;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings) => output.Confidence switch
    {
        null => findings.Because(Missing, value.FlagMissing ? RuleOutcomeKind.Flagged : RuleOutcomeKind.Skipped),
        { } confidence when confidence >= value.Min => RuleOutcomeKind.Passed,
        { } confidence => findings.Because(0, RuleOutcomeKind.Flagged, fraction: confidence),
    };

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => finding.Reason == Missing
        ? "no confidence was sent"
        : string.Create(CultureInfo.InvariantCulture, $"confidence {finding.Fraction} is below {value.Min}");
}
