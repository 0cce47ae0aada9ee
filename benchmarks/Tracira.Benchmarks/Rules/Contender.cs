namespace Tracira.Benchmarks;

/// <summary>One way to evaluate a row's rules. Not thread-safe.</summary>
internal abstract class Contender
{
    /// <summary>How many of the rules hit a text: what all contenders have to agree on.</summary>
    public abstract int Count(int text);

    /// <summary>What can evaluate the row inside this process, made when it is its turn, with the headings of the columns. The first is Tracira.</summary>
    public static IEnumerable<(string Name, Func<Contender> Create)> For(RuleRow row)
    {
        yield return ("Tracira", () => new TraciraVerdict(row));
        yield return ("Tracira, places", () => new TraciraEvaluation(row));
        switch (row.Kind)
        {
            case RowKind.Keywords:
                yield return ("`Contains`", () => new RuleByRule(row, NaiveRules.Keywords(row)));
                yield return ("one `SearchValues`", () => new CombinedSearch(row));
                yield return ("RulesEngine", () => new MicrosoftRulesEngine(row, NaiveRules.Keywords(row)));
                break;
            case RowKind.Regex:
                yield return ("`Regex` compiled", () => new RuleByRule(row, NaiveRules.CompiledRegexes(row)));
                yield return ("`Regex` NonBacktracking", () => new RuleByRule(row, NaiveRules.NonBacktrackingRegexes(row)));
                yield return ("RulesEngine", () => new MicrosoftRulesEngine(row, NaiveRules.CompiledRegexes(row)));
                break;
            default:
                yield return ("`JsonDocument`", () => new RuleByRule(row, NaiveRules.JsonDocuments(row)));
                yield return ("RulesEngine", () => new MicrosoftRulesEngine(row, NaiveRules.JsonDocuments(row)));
                break;
        }
    }
}
