using System.Buffers;
using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>A regular expression, and what is expected of it.</summary>
/// <param name="Regex">Linear in the length of the text, or, where its pattern needs backtracking, bounded by <see cref="Budget"/>.</param>
/// <param name="ExpectMatch">Whether the output must match; else it must not.</param>
internal sealed record RegexValue(Regex Regex, bool ExpectMatch)
{
    /// <summary>How long a pattern that needs backtracking may run over one output.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private const int MaxPattern = 10_000;
    private static readonly SearchValues<char> FlagLetters = SearchValues.Create("imsxgyuvd");

    /// <summary>Reads the value of a <see cref="RuleType.RegexMatch"/> rule.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static RegexValue Parse(string value)
    {
        if (LongForm.Read(value, "pattern", "flags", "expect") is not { } form)
            return new RegexValue(FromShortForm(value.Trim()), ExpectMatch: true);
        string expect = form.Text("expect") ?? "match";
        if (expect is not ("match" or "no_match"))
            throw new RuleValueException("expect must be match or no_match");
        return new RegexValue(Compile(form.Required("pattern"), form.Text("flags") ?? ""), expect == "match");
    }

    /// <summary>Compiles a pattern, or <c>/pattern/flags</c>.</summary>
    public static Regex FromShortForm(string text)
    {
        // /usr/bin is a pattern, /a/g a pattern with a flag, though not one of ours: letters that are flags somewhere are meant as flags.
        int slash = text.LastIndexOf('/');
        return text.StartsWith('/') && slash > 0 && !text.AsSpan(slash + 1).ContainsAnyExcept(FlagLetters)
            ? Compile(text[1..slash], text[(slash + 1)..])
            : Compile(text, "");
    }

    /// <summary>Compiles a pattern with flags out of i m s x.</summary>
    public static Regex Compile(string pattern, string flags)
    {
        if (pattern.Length is 0 or > MaxPattern)
            throw new RuleValueException($"must have a pattern of 1 to {MaxPattern:N0} characters");
        RegexOptions options = RegexOptions.CultureInvariant;
        foreach (char flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw new RuleValueException($"has the flag \"{flag}\"; there are i, m, s and x"),
            };
        }

        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Back-references, look-around and very large counts: only the backtracking engine has them, so it gets a budget.
            return new Regex(pattern, options, Budget);
        }
        catch (RegexParseException exception)
        {
            throw new RuleValueException($"has a pattern that does not compile, at character {exception.Offset + 1}: {exception.Error}");
        }
    }
}
