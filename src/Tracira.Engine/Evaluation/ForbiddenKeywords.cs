namespace Tracira;

/// <summary>Keywords that a text is not to have.</summary>
internal sealed class ForbiddenKeywords(KeywordValue value)
{
    private readonly KeywordSearch _search = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    /// <summary>Whether a text is to be folded before it is searched.</summary>
    public bool Folds => !_search.CaseSensitive;

    /// <summary>The index of the first keyword of the list that a text has; -1 where it has none.</summary>
    public int FirstIn(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _search.Keywords.Count; i++)
        {
            if (_search.NextOf(text, i, 0) >= 0)
                return i;
        }

        return -1;
    }

    /// <summary>Takes down the places of the keywords that a scan has seen, and tells the first of them in the list.</summary>
    public int FindIn(ReadOnlySpan<char> text, in KeywordHits hits, int list, ref Findings findings)
    {
        int found = -1;
        for (int i = 0; i < _search.Keywords.Count; i++)
        {
            if (!hits.HasKeyword(list, i))
                continue;
            found = found < 0 ? i : found;
            int length = _search.Keywords[i].Length;
            for (int at = _search.NextOf(text, i, 0); at >= 0; at = _search.NextOf(text, i, at + length))
                findings.AddMatch(new TextMatch(at, length));
        }

        return found;
    }

    /// <summary>Tells what was found.</summary>
    public string Explain(int keyword) => $"contains \"{_search.Keywords[keyword]}\"";
}
