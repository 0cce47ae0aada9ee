namespace Tracira;

/// <summary>The answer to a decision or a reported problem.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Log">The log as it is now; null where there is none.</param>
public readonly record struct ReviewResult(ReviewOutcome Outcome, Log? Log);
