using System.Text;
using System.Text.RegularExpressions;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Regular expressions of every construct, each with texts that it is likely to match.</summary>
/// <param name="Text">The pattern.</param>
/// <param name="Hit">Draws a text it matches, as long as assertions, flags and exclusions do not object.</param>
internal sealed record Pattern(string Text, Func<Draw, string> Hit);

/// <summary>Draws patterns over the letters of a case.</summary>
internal sealed class Patterns(Draw draw, Words words)
{
    private static readonly string[] Anchors = ["^", "$", @"\A", @"\z", @"\Z", @"\b", @"\B"];
    private static readonly string[] Flags = ["", "", "", "i", "m", "s", "x", "im", "imsx", "is"];

    private static readonly (string Class, string Members)[] Classes =
    [
        (@"\d", "0195٣"), (@"\w", "aZ0_éд割\u0301"), (@"\s", " \t\n\u00A0"), (@"\D", "a-é"), (@"\W", "-. €"), (@"\S", "a.é"), (".", "a .é割"), (@"\p{L}", "aZéД割"),
        (@"\p{Lu}", "AZÄД"), (@"\p{Ll}", "azäд"), (@"\P{L}", "1 -."), (@"\p{IsCyrillic}", "дЖ"), ("[a-c]", "abc"), ("[^a-c]", "dAx "), ("[A-Za-z0-9_.+-]", "aZ5.+-"),
        (@"[\w-[aeiou]]", "bz9"), ("[k]", "k"), ("[aA]", "aA"), (@"[\s\S]", "a\n"), ("[^\n]", "a "), ("[]a]", "]a"), (@"[\x41-\x43]", "ABC"), ("[a-z]", "abkz"), ("[0-9]", "059"),
        ("[ſs]", "sſS"), ("[İiIı]", "iIİı"), ("[α-ω]", "αςσω"), ("[\u212A]", "kK\u212A"),
    ];

    /// <summary>Flags out of i m s x.</summary>
    public string AnyFlags() => draw.Of(Flags);

    /// <summary>A pattern that the engine without backtracking can run.</summary>
    public Pattern Next() => Alternatives(draw.Between(0, 3));

    /// <summary>A pattern that needs backtracking, and little of it.</summary>
    public Pattern NextBacktracking()
    {
        Pattern part = Literal();
        Pattern other = draw.Percent(50) ? Literal() : Class();
        return draw.Below(10) switch
        {
            0 => new Pattern($"(?={part.Text}){part.Text}", part.Hit),
            1 => new Pattern($"{part.Text}(?!{other.Text})", part.Hit),
            2 => new Pattern($"(?<={other.Text}){part.Text}", by => other.Hit(by) + part.Hit(by)),
            3 => new Pattern($"(?<!{other.Text}){part.Text}", part.Hit),
            4 => new Pattern($"(?>{part.Text}|{other.Text}){other.Text}", by => part.Hit(by) + other.Hit(by)),
            5 => Twice(other, @"\1"),
            6 => Twice(part, @"\1+"),
            7 => new Pattern($"(?<x>{other.Text})-?\\k<x>", by => Doubled(other.Hit(by))),
            8 => new Pattern($"({part.Text})?(?(1){other.Text}|{part.Text})", by => part.Hit(by) + other.Hit(by)),
            _ => new Pattern($"\\G{part.Text}", part.Hit),
        };

        static Pattern Twice(Pattern once, string reference) => new($"({once.Text}){reference}", by => Doubled(once.Hit(by)));
        static string Doubled(string text) => text + text;
    }

    private Pattern Alternatives(int depth)
    {
        if (draw.Percent(70))
            return Sequence(depth);
        List<Pattern> ways = draw.Many(2, 4, () => draw.Percent(8) ? new Pattern("", static _ => "") : Sequence(depth));
        return new Pattern(string.Join('|', ways.Select(static way => way.Text)), by => by.Of(ways).Hit(by));
    }

    private Pattern Sequence(int depth)
    {
        List<Pattern> parts = draw.Many(1, 3, () => draw.Percent(12) ? new Pattern(draw.Of(Anchors), static _ => "") : Quantified(depth));
        return new Pattern(string.Concat(parts.Select(static part => part.Text)), by => string.Concat(parts.Select(part => part.Hit(by))));
    }

    private Pattern Quantified(int depth)
    {
        Pattern atom = Atom(depth);
        if (draw.Percent(60))
            return atom;
        (string sign, int least, int most) = draw.Of(
            ("?", 0, 1), ("*", 0, 3), ("+", 1, 3), ("{2}", 2, 2), ("{0}", 0, 0), ("{0,2}", 0, 2), ("{1,3}", 1, 3), ("{2,}", 2, 4), ("{1}", 1, 1), ("{0,}", 0, 2), ("{3,5}", 3, 5));
        string lazy = draw.Percent(20) ? "?" : "";
        return new Pattern($"(?:{atom.Text}){sign}{lazy}", by => string.Concat(by.Many(least, most, () => atom.Hit(by))));
    }

    private Pattern Atom(int depth)
    {
        if (depth == 0 || draw.Percent(60))
            return draw.Percent(65) ? Literal() : Class();
        Pattern inner = Alternatives(depth - 1);
        string open = draw.Of("(?:", "(", "(?<name>", "(?i:", "(?-i:", "(?s:", "(?m:", "(?n:", "(?:(?#note)", "(?:(?i)", "(?ims-x:");
        return inner with { Text = $"{open}{inner.Text})" };
    }

    private Pattern Literal()
    {
        string text = draw.Percent(50) ? words.Letters(draw.Between(1, 3)) : words.Piece();
        if (text.Length is 0 or > 40)
            text = draw.Of("key", "k", "@", "a b", "Straße", "ΣΑΣ");
        return new Pattern(Written(text), by => by.Percent(20) ? by.Of(text.ToUpperInvariant(), text.ToLowerInvariant()) : text);
    }

    // A letter may be written as itself or by its number; half of a pair cannot stand alone before a quantifier, so literals are grouped.
    private string Written(string text)
    {
        var written = new StringBuilder();
        foreach (char unit in text)
            written.Append(draw.Below(12) switch { 0 => $"\\u{(int)unit:X4}", 1 when unit < 256 => $"\\x{(int)unit:x2}", _ => Regex.Escape(unit.ToString()) });
        return written.ToString();
    }

    private Pattern Class()
    {
        (string text, string members) = draw.Of(Classes);
        return new Pattern(text, by => by.Of(members.ToCharArray()).ToString());
    }
}
