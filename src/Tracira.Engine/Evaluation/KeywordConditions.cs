namespace Tracira;

/// <summary>Flags outputs by the keywords that they have. Those of all rules of a set are looked for together.</summary>
/// <param name="search">The keywords.</param>
internal abstract class KeywordCondition(KeywordSearch search) : Condition
{
    /// <summary>The keywords.</summary>
    public KeywordSearch Search => search;

    /// <summary>Whether all the keywords are needed to know the outcome, or one of them will do.</summary>
    public abstract bool NeedsAll { get; }
}

/// <summary>Flags outputs that lack a keyword.</summary>
internal sealed class RequiredKeywordCondition : KeywordCondition
{
    private readonly RequiredKeywords _keywords;

    public RequiredKeywordCondition(KeywordValue value)
        : this(new RequiredKeywords(value)) => NeedsAll = !value.RequireAny;

    private RequiredKeywordCondition(RequiredKeywords keywords)
        : base(keywords.Search) => _keywords = keywords;

    public override bool NeedsAll { get; }

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        if (output.Keywords(findings.Wanted).IsComplete(findings.Rule))
            return RuleOutcomeKind.Passed;
        int missing = findings.Wanted ? _keywords.FirstMissing(output.Keywords(findings.Wanted), findings.Rule) : 0;
        return findings.Because(0, RuleOutcomeKind.Flagged, missing);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => _keywords.Explain((int)finding.Number);
}

/// <summary>Flags outputs that have a keyword.</summary>
internal sealed class ForbiddenKeywordCondition : KeywordCondition
{
    private readonly ForbiddenKeywords _keywords;

    public ForbiddenKeywordCondition(KeywordValue value)
        : this(new ForbiddenKeywords(value))
    {
    }

    private ForbiddenKeywordCondition(ForbiddenKeywords keywords)
        : base(keywords.Search) => _keywords = keywords;

    public override bool NeedsAll => false;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        if (!output.Keywords(findings.Wanted).IsComplete(findings.Rule))
            return RuleOutcomeKind.Passed;
        int first = findings.Wanted
            ? _keywords.FindIn(Search.CaseSensitive ? output.Text : output.Folded, output.Keywords(findings.Wanted), findings.Rule, ref findings)
            : 0;
        return findings.Because(0, RuleOutcomeKind.Flagged, first);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => _keywords.Explain((int)finding.Number);
}
