using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tracira;

/// <summary>
/// What is measured and traced of the way of a log, under the name <c>Tracira</c>. It costs nothing while nobody listens: an instrument
/// that nobody has enabled returns at once, and an activity that nobody samples is not made.
/// </summary>
internal static class PipelineTelemetry
{
    public static readonly ActivitySource Activities = new("Tracira");

    private static readonly Meter Meter = new("Tracira");

    private static readonly Counter<long> Accepted = Meter.CreateCounter<long>("tracira.logs.accepted", "{log}", "Logs that were accepted");

    private static readonly Counter<long> Verdicts = Meter.CreateCounter<long>("tracira.verdicts", "{verdict}", "Finished evaluations, by status");

    private static readonly Histogram<double> RulesTime = Meter.CreateHistogram<double>(
        "tracira.evaluation.duration", "s", "How long the deterministic rules of a log took");

    private static readonly Histogram<double> JudgeTime = Meter.CreateHistogram<double>(
        "tracira.judge.duration", "s", "How long the judges of a log took");

    /// <summary>A log was accepted, finished or pending.</summary>
    public static void NoteAccepted(LogStatus status, TimeSpan rulesTime)
    {
        Accepted.Add(1);
        RulesTime.Record(rulesTime.TotalSeconds);
        if (status != LogStatus.Pending)
            NoteVerdict(status);
    }

    /// <summary>The judges of a pending log have spoken.</summary>
    public static void NoteJudged(LogStatus status, TimeSpan judgeTime)
    {
        JudgeTime.Record(judgeTime.TotalSeconds);
        NoteVerdict(status);
    }

    private static void NoteVerdict(LogStatus status)
    {
        if (Verdicts.Enabled)
            Verdicts.Add(1, new KeyValuePair<string, object?>("status", NameOf(status)));
    }

    private static string NameOf(LogStatus status) => status switch
    {
        LogStatus.Pass => "pass",
        LogStatus.Flagged => "flagged",
        _ => "error",
    };
}
