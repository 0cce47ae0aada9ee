namespace Tracira.Storage.PostgreSql;

/// <summary>Moments as numbers: milliseconds since 1970.</summary>
internal static class Moments
{
    /// <summary>The number of a moment, cut to whole milliseconds.</summary>
    public static long Write(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    /// <summary>A bound of times: those are whole milliseconds, so one inside a millisecond means the next.</summary>
    public static long Bound(DateTimeOffset bound)
    {
        long ms = bound.ToUnixTimeMilliseconds();
        return Read(ms) < bound ? ms + 1 : ms;
    }

    /// <summary>The moment of a number.</summary>
    public static DateTimeOffset Read(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>The UTC day of a moment, counted from 0001-01-01.</summary>
    public static int Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime).DayNumber;
}
