using System.Buffers;
using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>A regular expression, and what is expected of it.</summary>
internal sealed class RegexValue
{
    /// <summary>How long a pattern that needs backtracking may run over one output.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private const int MaxPattern = 10_000;
    private static readonly SearchValues<char> FlagLetters = SearchValues.Create("imsxgyuvd");

    private readonly Regex? _byFramework;

    /// <param name="regex">The pattern, with backtracking.</param>
    /// <param name="expectMatch">Whether the output must match; else it must not.</param>
    public RegexValue(Regex regex, bool expectMatch)
    {
        Regex = regex;
        ExpectMatch = expectMatch;
        Node = RegexReader.Read(regex);
        // Making one takes milliseconds, so only where it is needed.
        _byFramework = Node is null ? Bounded(regex) : null;
    }

    /// <summary>The pattern, with backtracking: says what is right, and may take any time for it.</summary>
    public Regex Regex { get; }

    /// <summary>Whether the output must match; else it must not.</summary>
    public bool ExpectMatch { get; }

    /// <summary>What has been read of the pattern; null where .NET is to match it.</summary>
    public RegexNode? Node { get; }

    /// <summary>The pattern for .NET, where it has not been read: as <see cref="Bounded"/> makes it.</summary>
    public Regex ByFramework => _byFramework ?? throw new InvalidOperationException("is not matched by .NET");

    /// <summary>Reads the value of a <see cref="RuleType.RegexMatch"/> rule.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static RegexValue Parse(string value)
    {
        if (LongForm.Read(value, "pattern", "flags", "expect") is not { } form)
            return new RegexValue(ShortForm(value.Trim()), expectMatch: true);
        string expect = form.Text("expect") ?? "match";
        if (expect is not ("match" or "no_match"))
            throw new RuleValueException("expect must be match or no_match");
        return new RegexValue(Checked(form.Required("pattern"), form.Text("flags") ?? ""), expect == "match");
    }

    /// <summary>Compiles a pattern, or <c>/pattern/flags</c>.</summary>
    /// <returns>The pattern as <see cref="Bounded"/> makes it.</returns>
    public static Regex FromShortForm(string text) => Bounded(ShortForm(text));

    /// <summary>Compiles a pattern with flags out of i m s x.</summary>
    /// <returns>The pattern as <see cref="Bounded"/> makes it.</returns>
    public static Regex Compile(string pattern, string flags) => Bounded(Checked(pattern, flags));

    /// <summary>The same pattern, linear in the length of the text, or, where it needs backtracking, bounded by <see cref="Budget"/>.</summary>
    public static Regex Bounded(Regex regex)
    {
        try
        {
            return new Regex(regex.ToString(), regex.Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Back-references, look-around and very large counts: only the backtracking engine has them, so it gets a budget.
            return new Regex(regex.ToString(), regex.Options, Budget);
        }
    }

    private static Regex ShortForm(string text)
    {
        // /usr/bin is a pattern, /a/g a pattern with a flag, though not one of ours: letters that are flags somewhere are meant as flags.
        int slash = text.LastIndexOf('/');
        return text.StartsWith('/') && slash > 0 && !text.AsSpan(slash + 1).ContainsAnyExcept(FlagLetters)
            ? Checked(text[1..slash], text[(slash + 1)..])
            : Checked(text, "");
    }

    // Right, but not to be run: it may take any time.
    private static Regex Checked(string pattern, string flags)
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
            return new Regex(pattern, options);
        }
        catch (RegexParseException exception)
        {
            throw new RuleValueException($"has a pattern that does not compile, at character {exception.Offset + 1}: {exception.Error}");
        }
    }
}
