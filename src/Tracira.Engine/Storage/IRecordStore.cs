namespace Tracira;

/// <summary>Keeps the small things that are neither logs nor rules: settings, users, keys, the audit log.</summary>
public interface IRecordStore
{
    /// <summary>The record of an id, or null.</summary>
    ValueTask<Record?> FindAsync(string kind, string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>Some of the records of a kind in a workspace, in the ordinal order of their ids.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="workspaceId">The workspace; empty for those that belong to none.</param>
    /// <param name="behind">The id behind which to begin; null for the first.</param>
    /// <param name="limit">How many at most; 1 or more.</param>
    /// <param name="descending">Whether to go from the last to the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<Record>> ListAsync(
        string kind,
        string workspaceId,
        string? behind = null,
        int limit = int.MaxValue,
        bool descending = false,
        CancellationToken cancellationToken = default);

    /// <summary>Writes and removes records, all of them as one durable write.</summary>
    /// <returns>False, and nothing is done, where one of them does not have the version that is expected of it.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was written.</exception>
    ValueTask<bool> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken = default);
}
