using System.Globalization;

namespace Tracira;

/// <summary>Flags outputs that are too short or too long.</summary>
internal sealed class LengthCondition(LengthValue value) : Condition
{
    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        int length = output.LengthIn(value.Unit);
        return length >= value.Min && length <= value.Max ? RuleOutcomeKind.Passed : findings.Because(0, RuleOutcomeKind.Flagged, length);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Number} {value.Unit.ToString().ToLowerInvariant()}, {(finding.Number < value.Min ? $"at least {value.Min}" : $"at most {value.Max}")} allowed");
}
