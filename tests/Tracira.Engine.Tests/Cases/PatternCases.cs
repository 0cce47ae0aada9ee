using System.Text;
using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Rules of patterns.</summary>
internal static class PatternCases
{
    /// <summary>Patterns drawn from a grammar, patterns that people use, and a few keywords beside them.</summary>
    public static Case Make(Draw draw)
    {
        var words = new Words(draw);
        words.Next();
        words.Next();
        List<Pattern> patterns = [];
        List<List<string>> lists = [];
        List<Rule> rules = draw.Many(1, 1 + (draw.Size / 8), () => draw.Percent(15) ? KeywordCases.Next(draw, words, lists) : Next(draw, words, patterns));
        return new Case(rules, draw.Many(Case.Texts, Case.Texts, () => new Input(Text(draw, words, patterns))));
    }

    /// <summary>A rule with a pattern, which is added to those that texts are made for.</summary>
    public static Rule Next(Draw draw, Words words, List<Pattern> patterns)
    {
        var grammar = new Patterns(draw, words);
        bool known = draw.Percent(30);
        Pattern pattern = known ? KnownPatterns.Any(draw) : draw.Percent(15) ? grammar.NextBacktracking() : grammar.Next();
        if (pattern.Text.Length == 0)
            pattern = new Pattern("a?", static _ => "a");
        string flags = known ? draw.Of("", "i") : grammar.AnyFlags(); // with x the spaces in them would be none
        patterns.Add(pattern);
        string value = draw.Percent(20) && !pattern.Text.StartsWith('{') && pattern.Text.Trim().Length > 0
            ? $"/{pattern.Text}/{flags}"
            : RuleValues.Long(("pattern", pattern.Text), ("flags", flags), ("expect", draw.Percent(70) ? "no_match" : null));
        return new Rule("pattern", RuleType.RegexMatch, value);
    }

    /// <summary>Hits, near misses and other text.</summary>
    public static string Text(Draw draw, Words words, List<Pattern> patterns)
    {
        var text = new StringBuilder();
        foreach (string piece in draw.Many(0, 6, () => draw.Percent(60) && patterns.Count > 0 ? Near(draw, draw.Of(patterns).Hit(draw)) : words.Piece()))
        {
            text.Append(piece);
            if (draw.Percent(30))
                text.Append(draw.Of(" ", "\n", ".", "\r\n", "x"));
        }

        return text.ToString();
    }

    private static string Near(Draw draw, string hit)
    {
        if (hit.Length == 0 || draw.Percent(60))
            return hit;
        int at = draw.Below(hit.Length);
        return draw.Below(4) switch
        {
            0 => hit.Remove(at, 1),
            1 => hit[..at],
            2 => hit.Insert(at, draw.Of("a", "1", " ", "\n", "\u0301", "-")),
            _ => draw.Percent(50) ? hit.ToUpperInvariant() : hit.ToLowerInvariant(),
        };
    }
}
