namespace Tracira;

/// <summary>A judge's answer.</summary>
/// <param name="Outcome">Passed, flagged or error.</param>
/// <param name="Confidence">How sure the judge is, 0 to 1.</param>
/// <param name="Reason">Why, in a sentence for a reviewer.</param>
public sealed record Judgement(RuleOutcomeKind Outcome, double Confidence, string? Reason)
{
    /// <summary>The model that was asked.</summary>
    public string? Model { get; init; }

    /// <summary>The model's raw answer.</summary>
    public string? LlmOutput { get; init; }

    /// <summary>What asking took; null where that is not known.</summary>
    public JudgeUsage? Usage { get; init; }

    /// <summary>
    /// For an error: how long to wait before the same question may be answered, zero where nobody said; null where asking again would
    /// change nothing.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer of a judge that could not be asked or did not answer.</summary>
    /// <param name="reason">What stood in the way.</param>
    public static Judgement Failed(string reason) => new(RuleOutcomeKind.Error, 0, reason);
}
