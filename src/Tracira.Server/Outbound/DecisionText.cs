using System.Globalization;
using Tracira.Server.Api;

namespace Tracira.Server.Outbound;

/// <summary>Says in words what became of a log.</summary>
internal static class DecisionText
{
    /// <summary>A decision that stands, such as <c>Approved by Ada in Slack</c>.</summary>
    public static string Of(Decision decision) => $"{Capital(WireNames.Decision[decision.Kind])} by {decision.By} {Place(decision.Source)}";

    /// <summary>The answer to somebody who wanted to decide.</summary>
    public static string Of(ReviewResult result) => result.Outcome switch
    {
        ReviewOutcome.Done => $"{Of(result.Log!.Decision!)}.",
        ReviewOutcome.NotFound => "This log is not there any more.",
        ReviewOutcome.StillEvaluating => "This log is still being evaluated. Try again in a moment.",
        _ => $"{Standing(result.Log!.Decision!)} The first decision stands.",
    };

    /// <summary>A decision that somebody finds already made.</summary>
    public static string Standing(Decision decision) => $"Already {Uncapital(Of(decision))} on {Moment(decision.At)}.";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Place(string source) => source switch
    {
        "slack" => "in Slack",
        "email" => "by e-mail",
        "dashboard" => "in the dashboard",
        _ => "through the API",
    };

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Uncapital(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
