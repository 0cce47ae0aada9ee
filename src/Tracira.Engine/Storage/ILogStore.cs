namespace Tracira;

/// <summary>Keeps logs.</summary>
public interface ILogStore
{
    /// <summary>Adds a log, finished or pending, with the messages it gives rise to, as one durable write.</summary>
    /// <returns>Null where the log was added; else the log that holds this id in the workspace already, and nothing was done.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was accepted.</exception>
    ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a pending log by what it became, with the messages that gives rise to, as one durable write. Only what judging decides may
    /// differ: status, score, explanation and applied rules.
    /// </summary>
    /// <returns>False, and nothing is done, where the log is gone or no longer pending.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was accepted.</exception>
    ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>The log of this id, or null.</summary>
    ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>One page of the logs that match, with the count and summary of all that match.</summary>
    ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes a log and its messages.</summary>
    /// <returns>False where there is none of this id in the workspace.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was removed.</exception>
    ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>The pending logs of every workspace, oldest first, by workspace and id.</summary>
    IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>How many logs the workspace has per project, task, status and day; kept with every write, never counted by a scan.</summary>
    ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default);
}
