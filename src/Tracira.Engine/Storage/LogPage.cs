namespace Tracira;

/// <summary>One page of logs, and what can be said of all the logs that the query matches.</summary>
/// <param name="Logs">The page.</param>
/// <param name="Total">How many logs match.</param>
/// <param name="FailuresDetected">How many of them are flagged or error.</param>
/// <param name="PendingReviews">How many of them await review.</param>
/// <param name="Passed">How many of them passed.</param>
public sealed record LogPage(IReadOnlyList<LogListItem> Logs, int Total, int FailuresDetected, int PendingReviews, int Passed)
{
    /// <summary>Where the query asks for a text in the outputs: how far those were searched.</summary>
    public LogSearch? Search { get; init; }
}
