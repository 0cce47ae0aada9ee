namespace Tracira;

/// <summary>One event of one log that somebody outside wants to hear of. Its body is made from the log when it is sent.</summary>
/// <param name="Id">Stable across attempts: the receiver's <c>webhook-id</c>.</param>
/// <param name="WorkspaceId">The log's workspace.</param>
/// <param name="LogId">The log.</param>
/// <param name="Event"><c>log.evaluated</c> or <c>log.decided</c>.</param>
/// <param name="Url">The receiver.</param>
/// <param name="CreatedAt">When the event happened. UTC, whole milliseconds.</param>
public sealed record OutboxMessage(string Id, string WorkspaceId, string LogId, string Event, string Url, DateTimeOffset CreatedAt);
