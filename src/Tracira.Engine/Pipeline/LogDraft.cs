namespace Tracira;

/// <summary>A log that is ready to be stored.</summary>
/// <param name="Log">The log, finished or pending.</param>
/// <param name="Messages">What is stored with it.</param>
/// <param name="RulesTime">Time spent in deterministic rules.</param>
internal readonly record struct LogDraft(Log Log, IReadOnlyList<OutboxMessage> Messages, TimeSpan RulesTime);
