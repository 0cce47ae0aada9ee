namespace Tracira.Engine.Tests.Reference;

/// <summary>What one rule says about one output: the parts of an outcome that a reviewer sees.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">Why, where the rule did not pass.</param>
/// <param name="Matches">Where, in text order.</param>
internal sealed record ReferenceOutcome(RuleOutcomeKind Kind, string? Reason, IReadOnlyList<TextMatch> Matches)
{
    public static ReferenceOutcome Passed { get; } = new(RuleOutcomeKind.Passed, null, []);

    public static ReferenceOutcome Flagged(string reason, params IReadOnlyList<TextMatch> matches) => new(RuleOutcomeKind.Flagged, reason, matches);

    /// <summary>What the engine said.</summary>
    public static ReferenceOutcome Of(Evaluation evaluation, in RuleOutcome outcome) =>
        new(outcome.Kind, evaluation.ReasonOf(outcome), evaluation.MatchesOf(outcome).ToArray());

    /// <inheritdoc/>
    public bool Equals(ReferenceOutcome? other) =>
        other is not null && Kind == other.Kind && Reason == other.Reason && Matches.SequenceEqual(other.Matches);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Reason, Matches.Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}, {Reason ?? "no reason"}, matches [{string.Join(' ', Matches.Select(static match => $"{match.Start}+{match.Length}"))}]";
}
