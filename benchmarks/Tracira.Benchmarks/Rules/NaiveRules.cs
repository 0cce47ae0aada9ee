using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracira.Benchmarks;

/// <summary>What one writes without an engine: each rule by itself, with what .NET has. They tell whether a rule hits a text.</summary>
internal static class NaiveRules
{
    /// <summary>One <c>Contains</c> a keyword, until the first that is there.</summary>
    public static Func<int, int, bool> Keywords(RuleRow row) => (text, rule) =>
    {
        string searched = row.Texts[text];
        foreach (string keyword in row.Keywords[rule])
        {
            if (searched.Contains(keyword, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    };

    /// <summary>A compiled backtracking expression a rule.</summary>
    public static Func<int, int, bool> CompiledRegexes(RuleRow row) => Regexes(row, RegexOptions.Compiled);

    /// <summary>An expression without backtracking a rule.</summary>
    public static Func<int, int, bool> NonBacktrackingRegexes(RuleRow row) => Regexes(row, RegexOptions.NonBacktracking);

    /// <summary>One parse a text, and then a rule after the other.</summary>
    public static Func<int, int, bool> JsonDocuments(RuleRow row)
    {
        JsonDocument? document = null;
        return (text, rule) =>
        {
            if (rule == 0)
            {
                document?.Dispose();
                document = JsonDocument.Parse(row.Texts[text]);
            }

            return !row.Conditions[rule].Holds(document!.RootElement);
        };
    }

    private static Func<int, int, bool> Regexes(RuleRow row, RegexOptions kind)
    {
        Regex[] regexes =
        [
            .. row.Patterns.Select(pattern => new Regex(
                pattern.Pattern, kind | RegexOptions.CultureInvariant | (pattern.Flags == "i" ? RegexOptions.IgnoreCase : RegexOptions.None))),
        ];
        return (text, rule) => regexes[rule].IsMatch(row.Texts[text]);
    }
}

/// <summary>Asks a naive rule after the other.</summary>
internal sealed class RuleByRule(RuleRow row, Func<int, int, bool> hits) : Contender
{
    public override int Count(int text)
    {
        int count = 0;
        for (int rule = 0; rule < row.Rules.Count; rule++)
            count += hits(text, rule) ? 1 : 0;
        return count;
    }
}
