namespace Tracira;

/// <summary>Keywords that a text is to have: all of them, or one.</summary>
internal sealed class RequiredKeywords(KeywordValue value)
{
    /// <summary>No keyword is missing, or one is enough and is there.</summary>
    public const int NoneMissing = -2;

    private const int AllMissing = -1;
    private const int MaxShown = 5;

    /// <summary>The keywords.</summary>
    public KeywordSearch Search { get; } = new(value.Keywords, value.CaseSensitive, value.WholeWord);

    /// <summary>The index of the first keyword that a text lacks; -1 where one would be enough and none is there.</summary>
    public int FirstMissing(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < Search.Keywords.Count; i++)
        {
            bool has = Search.NextOf(text, i, 0) >= 0;
            if (has == value.RequireAny)
                return has ? NoneMissing : i;
        }

        return value.RequireAny ? AllMissing : NoneMissing;
    }

    /// <summary>The same for the keywords that a scan has seen.</summary>
    public int FirstMissing(in KeywordHits hits, int rule)
    {
        if (value.RequireAny)
            return AllMissing;
        int missing = 0;
        while (hits.HasKeyword(rule, missing))
            missing++;
        return missing;
    }

    /// <summary>Tells what is missing.</summary>
    public string Explain(int missing)
    {
        if (missing != AllMissing)
            return $"\"{Search.Keywords[missing]}\" is missing";
        string shown = string.Join(", ", Search.Keywords.Take(MaxShown).Select(static keyword => $"\"{keyword}\""));
        return $"none of {Search.Keywords.Count} keywords is there: {shown}{(Search.Keywords.Count > MaxShown ? ", …" : "")}";
    }
}
