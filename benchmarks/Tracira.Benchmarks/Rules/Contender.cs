namespace Tracira.Benchmarks;

/// <summary>One way to evaluate a row's rules. Not thread-safe.</summary>
/// <param name="name">The heading of its column.</param>
internal abstract class Contender(string name)
{
    public string Name => name;

    /// <summary>How many of the rules hit a text: what all contenders have to agree on.</summary>
    public abstract int Count(int text);

    /// <summary>What can evaluate the row inside this process.</summary>
    public static IEnumerable<Contender> For(RuleRow row)
    {
        yield return new TraciraVerdict(row);
        yield return new TraciraEvaluation(row);
        switch (row.Kind)
        {
            case RowKind.Keywords:
                yield return new RuleByRule("`Contains`", row, NaiveRules.Keywords(row));
                yield return new CombinedSearch(row);
                break;
            case RowKind.Regex:
                yield return new RuleByRule("`Regex` compiled", row, NaiveRules.CompiledRegexes(row));
                yield return new RuleByRule("`Regex` NonBacktracking", row, NaiveRules.NonBacktrackingRegexes(row));
                break;
            default:
                yield return new RuleByRule("`JsonDocument`", row, NaiveRules.JsonDocuments(row));
                break;
        }
    }
}
