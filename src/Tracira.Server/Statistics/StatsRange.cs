using Tracira.Server.Api;

namespace Tracira.Server.Statistics;

/// <summary>Some whole days in UTC, which are compared with as many before.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, inclusive.</param>
internal readonly record struct StatsRange(DateOnly First, DateOnly Last)
{
    public const int MaxDays = 731;

    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The first of as many days before.</summary>
    public DateOnly Before => First.AddDays(-Days);

    /// <summary>Each of the days.</summary>
    public IEnumerable<DateOnly> All => Enumerable.Range(0, Days).Select(First.AddDays);

    /// <summary>Reads <c>from</c>, or <c>days</c> instead of it, and <c>to</c>.</summary>
    public static StatsRange Read(QueryReader query, DateOnly today, int usualDays)
    {
        DateOnly last = DayOf(query.Time("to")) ?? today;
        int days = query.Whole("days", usualDays, MaxDays);
        if (DayOf(query.Time("from")) is { } from)
            days = last.DayNumber - from.DayNumber + 1;
        if (days is < 1 or > MaxDays)
            query.Fault("from", $"must be at most {MaxDays} days before the last day, and not behind it");
        else if (last.DayNumber < 2 * days)
            query.Fault("to", "must leave room for as many days before the first");
        else
            return new StatsRange(last.AddDays(1 - days), last);
        return new StatsRange(today, today);
    }

    private static DateOnly? DayOf(DateTimeOffset? time) => time is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
}
