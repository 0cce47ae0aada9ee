namespace Tracira;

/// <summary>The value of a keyword rule.</summary>
/// <param name="Keywords">What to look for: 1 to 10,000 keywords of 1 to 1,000 characters.</param>
/// <param name="RequireAny">For required keywords: whether one of them is enough.</param>
/// <param name="WholeWord">Whether only whole words count.</param>
/// <param name="CaseSensitive">Whether case matters.</param>
internal sealed record KeywordValue(IReadOnlyList<string> Keywords, bool RequireAny, bool WholeWord, bool CaseSensitive)
{
    private const int MaxKeywords = 10_000;
    private const int MaxKeyword = 1_000;

    /// <summary>Reads the value of a rule over the whole output.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static KeywordValue Parse(string value, bool required) => LongForm.Read(value, Members(required)) is { } form
        ? FromLongForm(form, required)
        : Create(Split(value), false, false, false);

    /// <summary>Reads what stands beside the path in the long form of a rule over a field.</summary>
    public static KeywordValue FromLongForm(LongForm form, bool required)
    {
        string match = required ? form.Text("match") ?? "all" : "any";
        if (match is not ("all" or "any"))
            throw new RuleValueException("match must be all or any");
        return Create(form.Texts("keywords"), required && match == "any", form.Flag("wholeWord"), form.Flag("caseSensitive"));
    }

    /// <summary>Reads what stands behind the path in the short form of a rule over a field.</summary>
    public static KeywordValue FromShortForm(string list) => Create(Split(list), false, false, false);

    /// <summary>The members of the long form.</summary>
    public static string[] Members(bool required) =>
        required ? ["keywords", "match", "wholeWord", "caseSensitive"] : ["keywords", "wholeWord", "caseSensitive"];

    private static KeywordValue Create(IReadOnlyList<string> keywords, bool requireAny, bool wholeWord, bool caseSensitive)
    {
        string[] distinct = [.. keywords.Distinct(StringComparer.Ordinal)];
        if (distinct.Length is 0 or > MaxKeywords)
            throw new RuleValueException($"must name 1 to {MaxKeywords:N0} keywords, separated by commas or new lines");
        if (distinct.Any(static keyword => keyword.Length is 0 or > MaxKeyword || keyword.All(char.IsWhiteSpace)))
            throw new RuleValueException($"holds a keyword that is blank or longer than {MaxKeyword:N0} characters");
        return new KeywordValue(distinct, requireAny, wholeWord, caseSensitive);
    }

    // Commas and new lines part keywords; quotes keep a comma, and a doubled quote inside them is a quote.
    private static List<string> Split(string text)
    {
        List<string> keywords = [];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == ',')
            {
                at++;
            }
            else if (text[at] == '"' && Closing(text, at + 1) is int close and >= 0)
            {
                keywords.Add(text[(at + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = close + 1;
            }
            else
            {
                int end = text.AsSpan(at).IndexOfAny(',', '\n', '\r') is int length and >= 0 ? at + length : text.Length;
                keywords.Add(text[at..end].Trim());
                at = end;
            }
        }

        return keywords;
    }

    private static int Closing(string text, int from)
    {
        for (int at = text.IndexOf('"', from); at >= 0; at = text.IndexOf('"', at + 2))
        {
            if (at + 1 >= text.Length || text[at + 1] != '"')
                return at;
            if (at + 2 >= text.Length)
                break;
        }

        return -1;
    }
}
