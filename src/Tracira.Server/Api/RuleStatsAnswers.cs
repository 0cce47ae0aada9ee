namespace Tracira.Server.Api;

/// <summary>How often a rule flagged, and what people made of it.</summary>
/// <param name="RuleId">The rule, also one that was deleted since.</param>
/// <param name="Name">What it is called, or was last.</param>
/// <param name="Hits">How many logs it flagged.</param>
/// <param name="Decided">On how many of those somebody decided, other than that it was handled.</param>
/// <param name="Confirmed">How many of those were rejected or changed.</param>
/// <param name="Open">On how many nobody has decided.</param>
/// <param name="HitsBefore">How many it flagged in as many days before.</param>
internal sealed record RuleStatsItem(string RuleId, string Name, long Hits, long Decided, long Confirmed, long Open, long HitsBefore)
{
    /// <summary>Each rule that flagged any since a day, the busiest first.</summary>
    public static IReadOnlyList<RuleStatsItem> Of(IEnumerable<RuleCounter> counters, DateOnly first) =>
    [
        .. counters.Where(static counter => counter.RuleId is not null)
            .GroupBy(static counter => counter.RuleId!)
            .Select(rule => Of(rule.Key, rule.ToLookup(counter => counter.Day >= first)))
            .Where(static rule => rule.Hits > 0)
            .OrderByDescending(static rule => rule.Hits)
            .ThenBy(static rule => rule.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private static RuleStatsItem Of(string id, ILookup<bool, RuleCounter> isNow)
    {
        long confirmed = Count(static decision => decision is DecisionKind.Rejected or DecisionKind.Changed);
        return new RuleStatsItem(
            id,
            isNow.First().First().RuleName,
            Count(static _ => true),
            confirmed + Count(static decision => decision is DecisionKind.Approved),
            confirmed,
            Count(static decision => decision is null),
            isNow[false].Sum(static counter => counter.Count));

        long Count(Func<DecisionKind?, bool> holds) => isNow[true].Where(counter => holds(counter.Decision)).Sum(static counter => counter.Count);
    }
}

/// <summary>The rules that flagged anything lately.</summary>
/// <param name="Days">Over how many days.</param>
/// <param name="Rules">The rules.</param>
internal sealed record RuleStatsAnswer(int Days, IReadOnlyList<RuleStatsItem> Rules);
