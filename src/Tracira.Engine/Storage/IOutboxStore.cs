namespace Tracira;

/// <summary>
/// Keeps messages: those that wait to be delivered, and for a while what became of them. They are added with the log that gives rise to
/// them, never alone, and go with it.
/// </summary>
public interface IOutboxStore
{
    /// <summary>Raised on any thread, to be handled quickly, when messages may have come to wait. A hint: a store that others write to may be silent.</summary>
    event Action? Added;

    /// <summary>The waiting messages, oldest first.</summary>
    IAsyncEnumerable<OutboxMessage> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>How many messages wait, in all workspaces.</summary>
    ValueTask<int> CountWaitingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Leases messages that are due to one dispatcher. Of those about one log for one receiver only the oldest that waits is ever given
    /// out: the next follows when that is delivered or dead. A lease that ends without <see cref="RecordAsync"/>, as when its holder died,
    /// leaves the message as it was.
    /// </summary>
    ValueTask<ClaimedDeliveries> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Says what came of an attempt, and ends the lease.</summary>
    /// <param name="attempt">The message as it is after the attempt.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>False, and nothing is done, where the message is gone or does not wait any more.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was changed.</exception>
    ValueTask<bool> RecordAsync(Delivery attempt, CancellationToken cancellationToken = default);

    /// <summary>The delivery of a message, or null.</summary>
    ValueTask<Delivery?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default);

    /// <summary>Some of a workspace's deliveries, newest message first.</summary>
    ValueTask<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets a message wait again as if it had just been added, under the same id; one that waits already is due at once.
    /// </summary>
    /// <returns>False where there is none of this id in the workspace.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was changed.</exception>
    ValueTask<bool> ReplayAsync(string workspaceId, string id, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Removes some of the messages that were delivered before a moment, as one durable write.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="limit">How many at most; 1 or more.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <returns>How many were removed; fewer than <paramref name="limit"/> where no more are left.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was removed.</exception>
    ValueTask<int> RemoveDeliveredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default);
}
