namespace Tracira;

/// <summary>Finds keywords in a text that has been folded already, where case does not matter.</summary>
internal sealed class KeywordSearch
{
    private readonly string[] _needles;
    private readonly bool _wholeWord;

    /// <summary>Prepares a search.</summary>
    /// <param name="keywords">What to look for; none empty.</param>
    /// <param name="caseSensitive">Whether case matters; if not, <see cref="NextOf"/> expects folded text.</param>
    /// <param name="wholeWord">Whether only whole words count.</param>
    public KeywordSearch(IReadOnlyList<string> keywords, bool caseSensitive, bool wholeWord)
    {
        Keywords = keywords;
        CaseSensitive = caseSensitive;
        _wholeWord = wholeWord;
        _needles = caseSensitive ? [.. keywords] : [.. keywords.Select(CaseFolding.Fold)];
    }

    /// <summary>The keywords as they were given.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>Whether case matters.</summary>
    public bool CaseSensitive { get; }

    /// <summary>A keyword as it is looked for in a text that has not been folded.</summary>
    public Literal LiteralOf(int keyword) => new(_needles[keyword], CaseSensitive, _wholeWord);

    /// <summary>Where the keyword of this index is next, from an offset on; -1 where nowhere.</summary>
    public int NextOf(ReadOnlySpan<char> text, int keyword, int from)
    {
        string needle = _needles[keyword];
        while (from <= text.Length - needle.Length)
        {
            int at = text[from..].IndexOf(needle, StringComparison.Ordinal);
            if (at < 0)
                return -1;
            at += from;
            if (!_wholeWord || WordBoundary.Surrounds(text, at, needle.Length))
                return at;
            from = at + 1;
        }

        return -1;
    }
}
