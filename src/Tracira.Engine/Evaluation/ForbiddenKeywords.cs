namespace Tracira;

/// <summary>Keywords that a text is not to have.</summary>
internal sealed class ForbiddenKeywords(KeywordValue value)
{
    /// <summary>The keywords.</summary>
    public KeywordSearch Search { get; } = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    /// <summary>The index of the first keyword of the list that a text has; -1 where it has none.</summary>
    public int FirstIn(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < Search.Keywords.Count; i++)
        {
            if (Search.NextOf(text, i, 0) >= 0)
                return i;
        }

        return -1;
    }

    /// <summary>Takes down the places of the keywords that a scan has seen, and tells the first of them in the list.</summary>
    public int FindIn(ReadOnlySpan<char> text, in KeywordHits hits, int rule, ref Findings findings)
    {
        int found = -1;
        for (int i = 0; i < Search.Keywords.Count; i++)
        {
            if (!hits.HasKeyword(rule, i))
                continue;
            found = found < 0 ? i : found;
            int length = Search.Keywords[i].Length;
            for (int at = Search.NextOf(text, i, 0); at >= 0; at = Search.NextOf(text, i, at + length))
                findings.AddMatch(new TextMatch(at, length));
        }

        return found;
    }

    /// <summary>Tells what was found.</summary>
    public string Explain(int keyword) => $"contains \"{Search.Keywords[keyword]}\"";
}
