using Tracira.Server.Api;

namespace Tracira.Server.Outbound;

/// <summary>The words that subscriptions and the outbound webhook have for events.</summary>
internal static class LogEventNames
{
    public static readonly WireEnum<LogEvents> All = new(
        (LogEvents.Approved, "approved"), (LogEvents.Rejected, "rejected"), (LogEvents.Changed, "changed"), (LogEvents.Handled, "handled"),
        (LogEvents.Flagged, "flagged"), (LogEvents.Pass, "pass"), (LogEvents.Error, "error"), (LogEvents.Taught, "taught"));

    public static readonly WireEnum<LogEvents> Webhook = new(
        (LogEvents.Pass, "log.pass"), (LogEvents.Flagged, "log.flagged"), (LogEvents.Error, "log.error"), (LogEvents.Decided, "log.decided"));

    /// <summary>The event that has just happened to a log.</summary>
    /// <param name="log">The log as it is after the event.</param>
    /// <param name="eventName"><c>log.evaluated</c> or <c>log.decided</c>.</param>
    public static LogEvents Of(Log log, string eventName) => (eventName, log.Decision?.Kind, log.Status) switch
    {
        ("log.decided", DecisionKind.Approved, _) => LogEvents.Approved,
        ("log.decided", DecisionKind.Rejected, _) => LogEvents.Rejected,
        ("log.decided", DecisionKind.Changed, LogStatus.Pass) => LogEvents.Taught,
        ("log.decided", DecisionKind.Changed, _) => LogEvents.Changed,
        ("log.decided", DecisionKind.Handled, _) => LogEvents.Handled,
        ("log.evaluated", _, LogStatus.Pass) => LogEvents.Pass,
        ("log.evaluated", _, LogStatus.Flagged) => LogEvents.Flagged,
        ("log.evaluated", _, LogStatus.Error) => LogEvents.Error,
        _ => LogEvents.None,
    };

    /// <summary>Several events as one value; words that are none count for nothing.</summary>
    public static LogEvents Parse(this WireEnum<LogEvents> words, IEnumerable<string> names) =>
        names.Aggregate(LogEvents.None, (events, name) => words.TryParse(name, out LogEvents value) ? events | value : events);
}
