namespace Tracira.Server.Outbound;

/// <summary>What a person is told about a log that waits for one, the same in Slack, by mail and on the page that a mail leads to.</summary>
/// <param name="Headline">What happened, in a line.</param>
/// <param name="Project">The log's project.</param>
/// <param name="Task">The log's task, where it has one.</param>
/// <param name="Reasons">Why a person should look: rules, with what they found.</param>
/// <param name="Content">What the AI wrote, or proposes to do, whole.</param>
/// <param name="Link">Where to see all of the log.</param>
internal sealed record Notice(string Headline, string Project, string? Task, IReadOnlyList<NoticeReason> Reasons, string Content, string Link)
{
    private const int MaxName = 80;

    public static Notice Of(Log log, string link) => new(HeadlineOf(log), log.ProjectName, log.TaskName, [.. ReasonsOf(log)], ContentOf(log), link);

    private static string HeadlineOf(Log log)
    {
        string project = Excerpt.Line(log.ProjectName, MaxName);
        return log switch
        {
            { Flag: not null } => $"Problem reported: {project}",
            { RequireApproval: true } => $"Approval needed: {project}",
            { Status: LogStatus.Error } => $"Could not be checked: {project}",
            { Status: LogStatus.Flagged } => $"Flagged: {project}",
            { Status: LogStatus.Pass } => $"Passed after all: {project}",
            _ => $"For review: {project}",
        };
    }

    private static IEnumerable<NoticeReason> ReasonsOf(Log log)
    {
        if (log.Flag is { } flag)
            yield return new NoticeReason($"Reported by {(flag.By == "end_user" ? "an end user" : flag.By)}", flag.Reason ?? "no reason given");
        if (log.RequireApproval)
            yield return new NoticeReason("Approval required", "a person has to approve it whatever the rules say");
        foreach (AppliedRule rule in log.AppliedRules)
        {
            if (rule.Outcome is RuleOutcomeKind.Flagged or RuleOutcomeKind.Error)
                yield return new NoticeReason(rule.Rule.Name, rule.Reason ?? "no reason given");
        }
    }

    private static string ContentOf(Log log) =>
        log.Output.Length > 0 ? log.Output
        : log.Action is { } action ? action
        : string.Join(", ", log.Attachments.Select(static attachment => attachment.Filename));
}

/// <summary>One reason to look at a log.</summary>
/// <param name="Name">The rule, or who reported a problem.</param>
/// <param name="Text">What was found.</param>
internal sealed record NoticeReason(string Name, string Text);
