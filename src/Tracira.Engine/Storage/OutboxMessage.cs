namespace Tracira;

/// <summary>One event of one log that somebody outside wants to hear of. Its body is made from the log when it is sent.</summary>
/// <param name="Id">Stable across attempts: the receiver's <c>webhook-id</c>. Later messages have ids that are greater, by ordinal comparison.</param>
/// <param name="WorkspaceId">The log's workspace.</param>
/// <param name="LogId">The log.</param>
/// <param name="Event"><c>log.evaluated</c> or <c>log.decided</c>.</param>
/// <param name="Url">The receiver.</param>
/// <param name="CreatedAt">When the event happened. UTC, whole milliseconds.</param>
public sealed record OutboxMessage(string Id, string WorkspaceId, string LogId, string Event, string Url, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// What the message shares with others that may be slow or dead together: the address's scheme, host and port; where it has no host,
    /// its scheme and the workspace.
    /// </summary>
    public string Lane
    {
        get
        {
            int scheme = Math.Max(0, Url.IndexOf(':', StringComparison.Ordinal));
            if (!Url.AsSpan(scheme).StartsWith("://"))
                return $"{Url[..scheme].ToLowerInvariant()}:{WorkspaceId}";
            int host = scheme + 3;
            int end = Url.AsSpan(host).IndexOfAny('/', '?', '#');
            return (end < 0 ? Url : Url[..(host + end)]).ToLowerInvariant();
        }
    }
}
