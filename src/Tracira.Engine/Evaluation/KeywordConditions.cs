namespace Tracira;

/// <summary>Flags outputs that lack a keyword.</summary>
internal sealed class RequiredKeywordCondition(KeywordValue value) : Condition
{
    private const int AllMissing = -1;
    private const int MaxShown = 5;
    private readonly KeywordSearch _search = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        int missing = FirstMissing(_search.CaseSensitive ? output.Text : output.Folded);
        return missing == NoneMissing ? RuleOutcomeKind.Passed : findings.Because(0, RuleOutcomeKind.Flagged, missing);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => Explain((int)finding.Number);

    /// <summary>No keyword is missing, or one is enough and is there.</summary>
    public const int NoneMissing = -2;

    /// <summary>The index of the first keyword that a text lacks; -1 where one would be enough and none is there.</summary>
    public int FirstMissing(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _search.Keywords.Count; i++)
        {
            bool has = _search.Has(text, i);
            if (has == value.RequireAny)
                return has ? NoneMissing : i;
        }

        return value.RequireAny ? AllMissing : NoneMissing;
    }

    /// <summary>Tells what is missing.</summary>
    public string Explain(int missing)
    {
        if (missing != AllMissing)
            return $"\"{_search.Keywords[missing]}\" is missing";
        string shown = string.Join(", ", _search.Keywords.Take(MaxShown).Select(static keyword => $"\"{keyword}\""));
        return $"none of {_search.Keywords.Count} keywords is there: {shown}{(_search.Keywords.Count > MaxShown ? ", …" : "")}";
    }

    /// <summary>Whether the text is to be folded before it is searched.</summary>
    public bool Folds => !_search.CaseSensitive;
}

/// <summary>Flags outputs that have a keyword.</summary>
internal sealed class ForbiddenKeywordCondition(KeywordValue value) : Condition
{
    private readonly KeywordSearch _search = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    /// <summary>What it searches for.</summary>
    public KeywordSearch Search => _search;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        if (!output.MayHoldForbidden(_search.CaseSensitive))
            return RuleOutcomeKind.Passed;
        int first = FindIn(_search.CaseSensitive ? output.Text : output.Folded, ref findings);
        return first < 0 ? RuleOutcomeKind.Passed : findings.Because(0, RuleOutcomeKind.Flagged, first);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => Explain((int)finding.Number);

    /// <summary>The index of the first keyword of the list that a text has, its places taken down; -1 where it has none.</summary>
    public int FindIn(ReadOnlySpan<char> text, ref Findings findings)
    {
        if (!_search.MayOccurIn(text))
            return -1;
        int found = -1;
        for (int i = 0; i < _search.Keywords.Count && (found < 0 || findings.Wanted); i++)
        {
            int length = _search.Keywords[i].Length;
            for (int at = _search.NextOf(text, i, 0); at >= 0; at = findings.Wanted ? _search.NextOf(text, i, at + length) : -1)
            {
                found = found < 0 ? i : found;
                findings.AddMatch(new TextMatch(at, length));
            }
        }

        return found;
    }

    /// <summary>Tells what was found.</summary>
    public string Explain(int keyword) => $"contains \"{_search.Keywords[keyword]}\"";

    /// <summary>Whether the text is to be folded before it is searched.</summary>
    public bool Folds => !_search.CaseSensitive;
}
