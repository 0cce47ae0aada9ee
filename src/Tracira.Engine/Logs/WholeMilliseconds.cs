namespace Tracira;

/// <summary>The precision of every stored moment.</summary>
internal static class WholeMilliseconds
{
    /// <summary>The moment in UTC, cut to whole milliseconds.</summary>
    public static DateTimeOffset Of(DateTimeOffset moment)
    {
        long ticks = moment.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
