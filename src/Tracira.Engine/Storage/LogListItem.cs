namespace Tracira;

/// <summary>A log in a list.</summary>
/// <param name="Log">The log.</param>
/// <param name="SessionTurnCount">How many logs of the workspace share its session; 0 where it has none.</param>
public readonly record struct LogListItem(Log Log, int SessionTurnCount);
