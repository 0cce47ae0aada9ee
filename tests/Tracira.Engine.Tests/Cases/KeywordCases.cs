using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Rules of keywords, lengths and confidences.</summary>
internal static class KeywordCases
{
    private static readonly string[] Lengths =
        ["5", "0", "3-12", ">=20", "<=40", "4 words", ">=1 words", "2 lines", ">=2 lines", "30 bytes", ">=66 bytes", """{"min":1,"max":9,"unit":"words"}"""];

    private static readonly string[] Confidences = ["0.7", "0", "1", """{"min":0.5,"missing":"flag"}""", """{"min":0.25,"missing":"skip"}"""];

    /// <summary>Rules of every kind that is about the text but patterns.</summary>
    public static Case Make(Draw draw)
    {
        var words = new Words(draw);
        List<List<string>> lists = [];
        List<Rule> rules = draw.Many(1, draw.Size, () => Next(draw, words, lists));
        return new Case(rules, draw.Many(Case.Texts, Case.Texts, () => new Input(words.Text(), Confidence(draw))));
    }

    /// <summary>One rule with hundreds of keywords.</summary>
    public static Case MakeLong(Draw draw)
    {
        var words = new Words(draw);
        List<List<string>> lists = [draw.Many(20, 20 + (10 * draw.Size), words.Next)];
        List<Rule> rules = draw.Many(1, 3, () => Next(draw, words, lists));
        return new Case(rules, draw.Many(Case.Texts, Case.Texts, () => new Input(words.Text())));
    }

    /// <summary>A rule out of words of the case; keywords may be those of an earlier rule.</summary>
    public static Rule Next(Draw draw, Words words, List<List<string>> lists)
    {
        switch (draw.Below(20))
        {
            case 0:
                return new Rule("length", RuleType.LengthLimit, draw.Of(Lengths));
            case 1:
                return new Rule("confidence", RuleType.ConfidenceThreshold, draw.Of(Confidences));
        }

        if (lists.Count == 0 || draw.Percent(70))
            lists.Add(draw.Many(1, draw.Percent(50) ? 1 : 8, words.Next));
        bool required = draw.Percent(30);
        RuleType type = required ? RuleType.KeywordRequired : RuleType.KeywordForbidden;
        return new Rule("keywords", type, Value(draw, draw.Of(lists), required));
    }

    /// <summary>Half of the time the short form, else the long form with options.</summary>
    public static string Value(Draw draw, List<string> keywords, bool required) => draw.Percent(30)
        ? RuleValues.Short(draw, keywords)
        : RuleValues.Long([.. Options(draw, keywords, required)]);

    /// <summary>Keywords and options as members of the long form.</summary>
    public static (string Name, object? Value)[] Options(Draw draw, List<string> keywords, bool required) =>
    [
        ("keywords", keywords),
        ("match", required && draw.Percent(50) ? draw.Of("any", "all") : null),
        ("wholeWord", draw.Percent(50) ? draw.Percent(50) : null),
        ("caseSensitive", draw.Percent(50) ? draw.Percent(50) : null),
    ];

    private static double? Confidence(Draw draw) => draw.Percent(30) ? null : draw.Of(0, 0.25, 0.5, 0.69, 0.7, 1);
}
