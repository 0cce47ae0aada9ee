namespace Tracira;

/// <summary>Keeps logs.</summary>
public interface ILogStore
{
    /// <summary>Adds a log, finished or pending, with the messages it gives rise to, as one durable write.</summary>
    /// <returns>Null where the log was added; else the log that holds this id in the workspace already, and nothing was done.</returns>
    /// <exception cref="ProjectGoneException">The log's project was deleted meanwhile; nothing was accepted. One that was merged is not gone.</exception>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was accepted.</exception>
    ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Adds several logs of one workspace as one durable write.</summary>
    /// <returns>For each of them, in order, what adding it alone behind those before it would have returned.</returns>
    /// <exception cref="ProjectGoneException">A log's project was deleted meanwhile; nothing was accepted.</exception>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was accepted.</exception>
    ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a pending log what judging decides, with the messages that gives rise to, as one durable write: status, score, explanation and
    /// applied rules. Whatever else has become of the log meanwhile stays.
    /// </summary>
    /// <returns>False, and nothing is done, where the log is gone or no longer pending.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was accepted.</exception>
    ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Changes logs, all of them as one durable write.</summary>
    /// <param name="workspaceId">The workspace they are in.</param>
    /// <param name="ids">Their ids, each once.</param>
    /// <param name="change">
    /// Says what a log becomes, or null to leave it as it is. Called once a log, with the log as it is at that moment and nobody else
    /// changing it; it must be quick and must not call the store. Identity, place, names, tags, timestamp, measures and output stay what they are.
    /// </param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>For each id, in order, what became of its log.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was changed.</exception>
    ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default);

    /// <summary>The log of this id, or null.</summary>
    ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of the logs that match, with the count and summary of all that match. A search for a text in outputs
    /// (<see cref="LogQuery.OutputText"/>) may stop before it has read all of them, and says so.
    /// </summary>
    ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// All logs that match when the call begins, in the order they were accepted, read bit by bit in little memory; outputs are searched to
    /// the end. Order, offset and limit of the query do not count. A log that goes away meanwhile is left out.
    /// </summary>
    IAsyncEnumerable<Log> ReadAsync(LogQuery query, CancellationToken cancellationToken = default);

    /// <summary>Removes a log and its messages.</summary>
    /// <returns>False where there is none of this id in the workspace.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was removed.</exception>
    ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>Removes logs and their messages, all of them as one durable write.</summary>
    /// <returns>The ids of those that were there.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was removed.</exception>
    ValueTask<IReadOnlyList<string>> DeleteManyAsync(string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Removes some of the logs dated before a moment that are not pending, oldest accepted first, as one durable write.</summary>
    /// <param name="workspaceId">The workspace they are in.</param>
    /// <param name="projectId">The project they are in; null for any.</param>
    /// <param name="before">The moment.</param>
    /// <param name="limit">How many at most; 1 or more.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>The ids of the logs that were removed; fewer than <paramref name="limit"/> where no more are left.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was removed.</exception>
    ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>The pending logs of every workspace, oldest first, by workspace and id.</summary>
    IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>How many logs the workspace has per project, task, status, decision and day; kept with every write, never counted by a scan.</summary>
    ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default);

    /// <summary>How many logs each rule flagged, per project, day and decision; kept with every write, never counted by a scan.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day, inclusive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<RuleCounter>> CountRulesAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default);

    /// <summary>What the logs of each model add up to, per project and day; kept with every write, never counted by a scan.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day, inclusive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ModelCounter>> CountModelsAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default);
}
