using System.Text;
using System.Text.Json;

namespace Tracira.Benchmarks;

/// <summary>The kinds of rules that are measured.</summary>
internal enum RowKind
{
    Keywords,
    Regex,
    Json,
}

/// <summary>One row of the table: rules, and the outputs they are evaluated against.</summary>
internal sealed class RuleRow
{
    private const int KeywordsPerRule = 100;

    private RuleRow(RowKind kind, string name, IReadOnlyList<string> texts, IReadOnlyList<Rule> rules)
    {
        Kind = kind;
        Name = name;
        Texts = texts;
        Rules = rules;
        Bytes = [.. texts.Select(Encoding.UTF8.GetByteCount)];
    }

    public RowKind Kind { get; }

    /// <summary>For people, and for the anchors' files.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Texts { get; }

    /// <summary>How long each text is in UTF-8: what every side's rate is counted in.</summary>
    public IReadOnlyList<int> Bytes { get; }

    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>For keywords: those of each rule.</summary>
    public IReadOnlyList<string[]> Keywords { get; private init; } = [];

    /// <summary>For regular expressions: one of each rule.</summary>
    public IReadOnlyList<(string Pattern, string Flags)> Patterns { get; private init; } = [];

    /// <summary>For JSON: one of each rule.</summary>
    public IReadOnlyList<JsonRule> Conditions { get; private init; } = [];

    /// <summary>Every row over the outputs.</summary>
    public static IEnumerable<RuleRow> All(SampleOutputs outputs)
    {
        foreach (int count in new[] { 10, 100, 1_000, 10_000 })
        {
            yield return OfKeywords($"keywords-{count}-rare", outputs.All, SampleKeywords.Rare(count));
            yield return OfKeywords($"keywords-{count}-mixed", outputs.All, SampleKeywords.Mixed(count));
        }

        foreach (int count in new[] { 1, 10, 100 })
        {
            (string Pattern, string Flags)[] patterns = [.. SamplePatterns.All.Take(count)];
            yield return new RuleRow(RowKind.Regex, $"regex-{count}", outputs.All, [.. patterns.Select(static (pattern, i) => RegexRule(i, pattern))])
            {
                Patterns = patterns,
            };
        }

        foreach (int count in new[] { 1, 10, 100 })
        {
            JsonRule[] conditions = [.. SampleJsonRules.All.Take(count)];
            yield return new RuleRow(
                RowKind.Json, $"json-{count}", outputs.Json, [.. conditions.Select(static (rule, i) => new Rule($"j{i}", RuleType.JsonField, rule.Value))])
            {
                Conditions = conditions,
            };
        }
    }

    /// <summary>How long texts are in UTF-8.</summary>
    public static long BytesOf(IEnumerable<string> texts) => texts.Sum(static text => (long)Encoding.UTF8.GetByteCount(text));

    private static RuleRow OfKeywords(string name, IReadOnlyList<string> texts, string[] keywords)
    {
        string[][] groups = [.. keywords.Chunk(KeywordsPerRule)];
        return new RuleRow(RowKind.Keywords, name, texts, [.. groups.Select(KeywordRule)]) { Keywords = groups };
    }

    private static Rule KeywordRule(string[] keywords, int number) =>
        new($"k{number}", RuleType.KeywordForbidden, $"{{\"keywords\":{JsonSerializer.Serialize(keywords)}}}");

    /// <summary>A rule that forbids what a pattern matches.</summary>
    public static Rule RegexRule(int number, (string Pattern, string Flags) pattern) => new(
        $"r{number}",
        RuleType.RegexMatch,
        $"{{\"pattern\":{JsonSerializer.Serialize(pattern.Pattern)},\"flags\":\"{pattern.Flags}\",\"expect\":\"no_match\"}}");
}
