namespace Tracira.Server.Api;

/// <summary>The answer to a submission.</summary>
internal sealed record SubmitAnswer(bool Ok, string Id, string Status)
{
    public VerdictItem? Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? Explanation { get; init; }

    /// <summary>What is said of an accepted log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="sync">Whether the caller waits for the verdict; who does not is told that the log is pending, whatever is known already.</param>
    public static SubmitAnswer Of(Log log, bool sync) => !sync
        ? new SubmitAnswer(true, log.Id, WireNames.Status[LogStatus.Pending])
        : new SubmitAnswer(true, log.Id, WireNames.Status[log.Status])
        {
            Verdict = VerdictItem.Of(log),
            ConfidenceScore = log.ConfidenceScore,
            Explanation = log.Explanation,
        };
}

/// <summary>A verdict with each rule that applied, in rule order.</summary>
internal sealed record VerdictItem(bool Pass, IReadOnlyList<VerdictRule> Rules)
{
    public static VerdictItem Of(Log log) => new(
        log.Status == LogStatus.Pass,
        [.. log.AppliedRules.Select(static applied => new VerdictRule(applied.Rule.Name, applied.Outcome == RuleOutcomeKind.Flagged)
        {
            Reason = applied.Outcome switch
            {
                RuleOutcomeKind.Flagged or RuleOutcomeKind.Error => applied.Reason,
                RuleOutcomeKind.Undecided => "not judged yet",
                _ => null,
            },
        })]);
}

/// <summary>One rule of a verdict.</summary>
internal sealed record VerdictRule(string Name, bool Triggered)
{
    public string? Reason { get; init; }
}

/// <summary>What became of a log, for clients that poll.</summary>
internal sealed record LogStatusAnswer(string Id, string Status)
{
    public string? Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? Explanation { get; init; }

    public string? HumanDecision { get; init; }

    public string? Comment { get; init; }

    public string? CorrectedOutput { get; init; }

    public static LogStatusAnswer Of(Log log) => new(log.Id, WireNames.Status[log.Status])
    {
        Verdict = log.Status == LogStatus.Pending ? null : WireNames.Status[log.Status],
        ConfidenceScore = log.ConfidenceScore,
        Explanation = log.Explanation,
        HumanDecision = log.Decision is { } decision ? WireNames.Decision[decision.Kind] : null,
        Comment = log.Decision?.Comment,
        CorrectedOutput = log.Decision?.CorrectedOutput,
    };
}

/// <summary>One page of logs. The key is <c>executions</c> because clients of the hosted product read that.</summary>
internal sealed record LogListAnswer(IReadOnlyList<LogItem> Executions, int Total, int Page, int Limit, LogSummary Summary)
{
    /// <summary>Where outputs were searched: how far.</summary>
    public SearchItem? Search { get; init; }
}

/// <summary>How far a search through outputs came. Where it is not complete, <c>total</c> and <c>summary</c> are about what was searched.</summary>
/// <param name="Searched">How many logs were looked at.</param>
/// <param name="Complete">Whether those are all that the other conditions hold for.</param>
internal sealed record SearchItem(int Searched, bool Complete)
{
    /// <summary>The time of the last log that was looked at, where there are more.</summary>
    public DateTimeOffset? Reached { get; init; }

    public static SearchItem Of(LogSearch search) => new(search.Searched, search.Complete) { Reached = search.Reached };
}

/// <summary>What can be said of all the logs that a filter matches.</summary>
/// <param name="TotalRuns">How many there are.</param>
/// <param name="FailuresDetected">How many are flagged or error.</param>
/// <param name="PendingReviews">How many of those nobody has decided on.</param>
/// <param name="SuccessRate">Percent of the evaluated ones that passed, one decimal; 100 where none was evaluated.</param>
internal sealed record LogSummary(int TotalRuns, int FailuresDetected, int PendingReviews, double SuccessRate)
{
    public static LogSummary Of(LogPage page)
    {
        int evaluated = page.Passed + page.FailuresDetected;
        double rate = evaluated == 0 ? 100 : Math.Round(100.0 * page.Passed / evaluated, 1, MidpointRounding.AwayFromZero);
        return new LogSummary(page.Total, page.FailuresDetected, page.PendingReviews, rate);
    }
}
