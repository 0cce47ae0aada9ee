namespace Tracira;

/// <summary>Keywords that a text is to have: all of them, or one.</summary>
internal sealed class RequiredKeywords(KeywordValue value)
{
    /// <summary>No keyword is missing, or one is enough and is there.</summary>
    public const int NoneMissing = -2;

    private const int AllMissing = -1;
    private const int MaxShown = 5;
    private readonly KeywordSearch _search = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    /// <summary>Whether a text is to be folded before it is searched.</summary>
    public bool Folds => !_search.CaseSensitive;

    /// <summary>The index of the first keyword that a text lacks; -1 where one would be enough and none is there.</summary>
    public int FirstMissing(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _search.Keywords.Count; i++)
        {
            bool has = _search.NextOf(text, i, 0) >= 0;
            if (has == value.RequireAny)
                return has ? NoneMissing : i;
        }

        return value.RequireAny ? AllMissing : NoneMissing;
    }

    /// <summary>The same for the keywords that a scan has seen.</summary>
    public int FirstMissing(in KeywordHits hits, int list)
    {
        if (value.RequireAny)
            return AllMissing;
        int missing = 0;
        while (hits.HasKeyword(list, missing))
            missing++;
        return missing;
    }

    /// <summary>Tells what is missing.</summary>
    public string Explain(int missing)
    {
        if (missing != AllMissing)
            return $"\"{_search.Keywords[missing]}\" is missing";
        string shown = string.Join(", ", _search.Keywords.Take(MaxShown).Select(static keyword => $"\"{keyword}\""));
        return $"none of {_search.Keywords.Count} keywords is there: {shown}{(_search.Keywords.Count > MaxShown ? ", …" : "")}";
    }
}
