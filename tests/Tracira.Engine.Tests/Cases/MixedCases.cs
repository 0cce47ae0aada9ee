using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Rules of every kind in one set.</summary>
internal static class MixedCases
{
    /// <summary>Rules and texts of all the other cases, mixed.</summary>
    public static Case Make(Draw draw)
    {
        var words = new Words(draw);
        words.Next();
        var json = new JsonTexts(draw, words);
        List<Pattern> patterns = [];
        List<List<string>> lists = [];
        List<Rule> rules = draw.Many(1, draw.Size, () => draw.Below(4) switch
        {
            0 => PatternCases.Next(draw, words, patterns),
            1 => JsonCases.Next(draw, words, json),
            _ => KeywordCases.Next(draw, words, lists),
        });
        return new Case(rules, draw.Many(Case.Texts, Case.Texts, () => new Input(
            draw.Below(3) switch { 0 => json.Text(), 1 => PatternCases.Text(draw, words, patterns), _ => words.Text() },
            draw.Percent(30) ? null : 0.5,
            draw.Percent(15) ? json.Text() : "")));
    }
}
