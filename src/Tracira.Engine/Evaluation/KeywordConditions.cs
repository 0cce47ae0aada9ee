namespace Tracira;

/// <summary>Flags outputs that lack a keyword.</summary>
/// <param name="value">The keywords.</param>
/// <param name="list">Their number in the set's <see cref="KeywordIndex"/>.</param>
internal sealed class RequiredKeywordCondition(KeywordValue value, int list) : Condition
{
    private readonly RequiredKeywords _keywords = new(value);

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        if (output.Keywords(findings.Wanted).IsComplete(list))
            return RuleOutcomeKind.Passed;
        int missing = findings.Wanted ? _keywords.FirstMissing(output.Keywords(findings.Wanted), list) : 0;
        return findings.Because(0, RuleOutcomeKind.Flagged, missing);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => _keywords.Explain((int)finding.Number);
}

/// <summary>Flags outputs that have a keyword.</summary>
/// <param name="value">The keywords.</param>
/// <param name="list">Their number in the set's <see cref="KeywordIndex"/>.</param>
internal sealed class ForbiddenKeywordCondition(KeywordValue value, int list) : Condition
{
    private readonly ForbiddenKeywords _keywords = new(value);

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        if (!output.Keywords(findings.Wanted).IsComplete(list))
            return RuleOutcomeKind.Passed;
        int first = findings.Wanted
            ? _keywords.FindIn(_keywords.Folds ? output.Folded : output.Text, output.Keywords(findings.Wanted), list, ref findings)
            : 0;
        return findings.Because(0, RuleOutcomeKind.Flagged, first);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => _keywords.Explain((int)finding.Number);
}
