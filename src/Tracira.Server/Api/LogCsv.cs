namespace Tracira.Server.Api;

/// <summary>Logs as rows of a table.</summary>
internal static class LogCsv
{
    private static readonly (string Name, Action<CsvWriter, Log> Write)[] Columns =
    [
        ("id", static (csv, log) => csv.Text(log.Id)),
        ("timestamp", static (csv, log) => csv.Time(log.Timestamp)),
        ("projectName", static (csv, log) => csv.Text(log.ProjectName)),
        ("taskName", static (csv, log) => csv.Text(log.TaskName)),
        ("status", static (csv, log) => csv.Text(WireNames.Status[log.Status])),
        ("explanation", static (csv, log) => csv.Text(log.Explanation)),
        ("confidenceScore", static (csv, log) => csv.Number(log.ConfidenceScore)),
        ("humanDecision", static (csv, log) => csv.Text(log.Decision is { } decision ? WireNames.Decision[decision.Kind] : null)),
        ("decidedAt", static (csv, log) => csv.Time(log.Decision?.At)),
        ("decidedBy", static (csv, log) => csv.Text(log.Decision?.By)),
        ("decisionSource", static (csv, log) => csv.Text(log.Decision?.Source)),
        ("decisionNote", static (csv, log) => csv.Text(log.Decision?.Note)),
        ("comment", static (csv, log) => csv.Text(log.Decision?.Comment)),
        ("correctedOutput", static (csv, log) => csv.Text(log.Decision?.CorrectedOutput)),
        ("flaggedAt", static (csv, log) => csv.Time(log.Flag?.At)),
        ("flaggedBy", static (csv, log) => csv.Text(log.Flag?.By)),
        ("flagReason", static (csv, log) => csv.Text(log.Flag?.Reason)),
        ("model", static (csv, log) => csv.Text(log.Model)),
        ("latencyMs", static (csv, log) => csv.Number(log.LatencyMs)),
        ("costUsd", static (csv, log) => csv.Number(log.CostUsd)),
        ("confidence", static (csv, log) => csv.Number(log.Confidence)),
        ("sessionId", static (csv, log) => csv.Text(log.SessionId)),
        ("subjectId", static (csv, log) => csv.Text(log.SubjectId)),
        ("actorId", static (csv, log) => csv.Text(log.ActorId)),
        ("tags", static (csv, log) => csv.Text(string.Join(',', log.Tags))),
        ("metadata", static (csv, log) => csv.Text(log.Metadata)),
        ("input", static (csv, log) => csv.Text(log.InputText ?? log.Input)),
        ("output", static (csv, log) => csv.Text(log.Output)),
        ("action", static (csv, log) => csv.Text(log.Action)),
        ("requireApproval", static (csv, log) => csv.Text(log.RequireApproval ? "true" : null)),
        ("revisionOf", static (csv, log) => csv.Text(log.RevisionOf)),
        ("instructionsVersion", static (csv, log) => csv.Number(log.InstructionsVersion)),
        ("triggeredRules", static (csv, log) => csv.Text(string.Join(
            "; ", log.AppliedRules.Where(static rule => rule.Outcome == RuleOutcomeKind.Flagged).Select(static rule => rule.Rule.Name)))),
    ];

    public static void WriteHeader(CsvWriter csv)
    {
        foreach ((string name, _) in Columns)
            csv.Text(name);
        csv.EndRow();
    }

    public static void Write(CsvWriter csv, Log log)
    {
        foreach ((_, Action<CsvWriter, Log> write) in Columns)
            write(csv, log);
        csv.EndRow();
    }
}
