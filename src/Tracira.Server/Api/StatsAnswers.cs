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

    /// <summary>Latency and cost over the days.</summary>
    public required StatsMeasures Measures { get; init; }

    /// <summary>The same over as many days before.</summary>
    public required StatsMeasures MeasuresBefore { get; init; }

    /// <summary>Each day, also one without logs.</summary>
    public required IReadOnlyList<StatsDay> Days { get; init; }

    /// <summary>Each project with logs, the busiest first.</summary>
    public required IReadOnlyList<ProjectStats> Projects { get; init; }

    /// <summary>The busiest models first, then one item for all others.</summary>
    public required IReadOnlyList<ModelStats> Models { get; init; }

    /// <summary>Each rule that flagged any, the busiest first.</summary>
    public required IReadOnlyList<RuleStatsItem> Rules { get; init; }

    /// <summary>How many logs were flagged by rules that are not told apart: a project's day tells 500 apart.</summary>
    public required long OtherRuleHits { get; init; }

    /// <summary>How many logs people rejected or changed.</summary>
    public required long HeldBack { get; init; }

    public required long HeldBackBefore { get; init; }

    /// <summary>HeldBack times the cost of an incident, in US dollars; left out where the settings do not tell what one costs.</summary>
    public double? SavedUsd { get; init; }

    public double? SavedUsdBefore { get; init; }

    /// <summary>How many logs wait for a person now, whatever their day.</summary>
    public required long OpenReviews { get; init; }

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

/// <summary>How long models took and what that cost.</summary>
/// <param name="Timed">How many logs tell their latency.</param>
/// <param name="Priced">How many logs tell their cost.</param>
/// <param name="CostUsd">What those cost together.</param>
internal sealed record StatsMeasures(long Timed, long Priced, double CostUsd)
{
    /// <summary>The mean latency, one decimal; left out without any.</summary>
    public double? MeanLatencyMs { get; init; }

    /// <summary>The latency that 95 % do not exceed, estimated to within a factor of 1.41; left out without any.</summary>
    public double? P95LatencyMs { get; init; }

    public static StatsMeasures Of(IEnumerable<ModelCounter> counters)
    {
        var tally = default(ModelTally);
        foreach (ModelCounter counter in counters)
            tally.Add(counter.Tally);
        return new StatsMeasures(tally.Timed, tally.Priced, (double)tally.CostUsd)
        {
            MeanLatencyMs = tally.Timed == 0 ? null : (double)Math.Round(tally.LatencyMs / tally.Timed, 1, MidpointRounding.AwayFromZero),
            P95LatencyMs = tally.Percentile(0.95) is { } latency ? Math.Round(latency, 1) : null,
        };
    }
}

/// <summary>A day.</summary>
internal sealed record StatsDay(DateOnly Day, StatsCounts Counts, StatsMeasures Measures);

/// <summary>A day of a model or project, in a list that leaves out days without logs.</summary>
internal sealed record StatsPoint(DateOnly Day, long Logs, StatsMeasures Measures)
{
    public static IReadOnlyList<StatsPoint> Of(IEnumerable<ModelCounter> counters) =>
    [
        .. counters.GroupBy(static counter => counter.Day)
            .OrderBy(static day => day.Key)
            .Select(static day => new StatsPoint(day.Key, day.Sum(static counter => counter.Tally.Logs), StatsMeasures.Of(day))),
    ];
}
