using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Patterns put together from pieces of syntax without regard to sense, so that each construct meets each other one.</summary>
internal static class LoosePatterns
{
    private static readonly string[] Pieces =
    [
        "a", "b", "k", "K", "ſ", "i", "İ", "1", "-", "_", "é", "a-c", "A-Z", ":", "&", ",", "{", "}", "]", "#", " ", "\n", "\v",
        "[", "[", "[^", "[]", "[a-c", "[a-z-[", "-[", "]]", "[:", "[^]", "[-", "[a-", "[k",
        @"\d", @"\D", @"\w", @"\W", @"\s", @"\S", @"\p{L}", @"\P{Lu}", @"\p{Ll}", @"\p{P}", @"\p{IsGreek}",
        @"\-", @"\]", @"\[", @"\\", @"\n", @"\t", @"\.", @"\#", @"\ ", @"\x41", @"\x6b", @"\u0130", @"\u212A", @"\e", @"\a", @"\v", @"\f", @"\r", @"\0", @"\cA",
        "(", "(?:", "(?i)", "(?-i)", "(?i:", "(?x)", "(?-x)", "(?x:", "(?s)", "(?n)", "(?m-s:", "(?<n>", "(?'n'", "(?<n-n>", "(?#c)", "(?#", ")", ")", ")", "|",
        "*", "+", "?", "*?", "{2}", "{1,2}", "{,2}", "{2,}", "{0}", "{ 2}", ".", ".", "^", "$", @"\b", @"\B", @"\A", @"\z", @"\Z",
        @"\1", @"\k<n>", @"\<n>", @"\G", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(1)",
    ];

    private static readonly string[] Letters =
        ["a", "b", "c", "k", "K", "\u212A", "s", "ſ", "i", "I", "İ", "ı", "A", "1", "-", "_", "é", "É", " ", "\n", "#", "[", "]", ":", "{", "2", ",", "}", "\\", "\t", "\v", "α"];

    /// <summary>A pattern that .NET takes; most are not.</summary>
    public static bool TryNext(Draw draw, [NotNullWhen(true)] out Regex? regex)
    {
        regex = null;
        string pattern = string.Concat(draw.Many(1, 7, () => draw.Of(Pieces)));
        RegexOptions options = RegexOptions.CultureInvariant | draw.Of(
            RegexOptions.None, RegexOptions.IgnoreCase, RegexOptions.Singleline, RegexOptions.IgnorePatternWhitespace, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace);
        try
        {
            regex = new Regex(pattern, options);
            return true;
        }
        catch (RegexParseException)
        {
            return false;
        }
    }

    /// <summary>A short text of what the pieces may match.</summary>
    public static string Text(Draw draw) => string.Concat(draw.Many(0, 4, () => draw.Of(Letters)));
}
