namespace Tracira;

/// <summary>The value of a keyword rule over a field of JSON output.</summary>
/// <param name="Path">Where.</param>
/// <param name="Keywords">What to look for there.</param>
internal sealed record JsonKeywordValue(JsonPath Path, KeywordValue Keywords)
{
    /// <summary>Reads <c>path: keyword, keyword</c> or the long form.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static JsonKeywordValue Parse(string value, bool required)
    {
        if (LongForm.Read(value, ["path", .. KeywordValue.Members(required)]) is { } form)
            return new JsonKeywordValue(JsonFieldValue.PathOf(form.Required("path")), KeywordValue.FromLongForm(form, required));
        string text = value.Trim();
        if (JsonPath.Read(text, out int length, out string fault) is not { } path)
            throw new RuleValueException(fault);
        string rest = text[length..].TrimStart();
        if (!rest.StartsWith(':'))
            throw new RuleValueException("must be a path, a colon and keywords: answer.text: refund, discount");
        return new JsonKeywordValue(path, KeywordValue.FromShortForm(rest[1..]));
    }
}
