using Tracira.Server.Statistics;

namespace Tracira.Server.Api;

/// <summary>How a workspace fares over some days.</summary>
internal sealed record StatsAnswer
{
    /// <summary>The first day, in UTC.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    public required StatsCounts Total { get; init; }

    /// <summary>The same over as many days before.</summary>
    public required StatsCounts Before { get; init; }

    /// <summary>Each day, also one without logs.</summary>
    public required IReadOnlyList<StatsDay> Days { get; init; }

    /// <summary>Each project with logs, the busiest first.</summary>
    public required IReadOnlyList<StatsProject> Projects { get; init; }

    /// <summary>Each rule that flagged any, the busiest first.</summary>
    public required IReadOnlyList<RuleStatsItem> Rules { get; init; }

    /// <summary>How many logs people rejected or changed.</summary>
    public required int HeldBack { get; init; }

    public required int HeldBackBefore { get; init; }

    /// <summary>Whether there were more flagged logs than were looked at for <see cref="Rules"/> and <see cref="HeldBack"/>.</summary>
    public required bool Cut { get; init; }

    /// <summary>How many logs wait for a person now, whatever their day.</summary>
    public required int OpenReviews { get; init; }

    public DateTimeOffset? OldestOpenReview { get; init; }
}

/// <summary>How many logs there are.</summary>
internal record StatsCounts(long Logs, long Pass, long Flagged, long Error, long Pending)
{
    /// <summary>Percent of the evaluated ones that passed, one decimal; left out where none was evaluated.</summary>
    public double? PassRate => Pass + Flagged + Error is > 0 and var evaluated
        ? Math.Round(100.0 * Pass / evaluated, 1, MidpointRounding.AwayFromZero)
        : null;

    public static StatsCounts Of(IEnumerable<LogCounter> counters)
    {
        Span<long> counts = stackalloc long[4];
        foreach (LogCounter counter in counters)
            counts[(int)counter.Status] += counter.Count;
        return new StatsCounts(
            counts[0] + counts[1] + counts[2] + counts[3],
            counts[(int)LogStatus.Pass],
            counts[(int)LogStatus.Flagged],
            counts[(int)LogStatus.Error],
            counts[(int)LogStatus.Pending]);
    }
}

/// <summary>A day.</summary>
internal sealed record StatsDay(DateOnly Day, StatsCounts Counts);

/// <summary>A project.</summary>
internal sealed record StatsProject(string Id, string Name, StatsCounts Counts, StatsCounts Before);

/// <summary>How often a rule flagged, and what people made of it.</summary>
internal sealed record RuleStatsItem(string RuleId, string Name, int Hits, int Decided, int Confirmed)
{
    public static RuleStatsItem Of(RuleTally tally) => new(tally.RuleId, tally.Name, tally.Hits, tally.Decided, tally.Confirmed);
}

/// <summary>The rules that flagged anything lately.</summary>
/// <param name="Days">Over how many days.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Cut">Whether there were more flagged logs than were looked at.</param>
internal sealed record RuleStatsAnswer(int Days, IReadOnlyList<RuleStatsItem> Rules, bool Cut);
