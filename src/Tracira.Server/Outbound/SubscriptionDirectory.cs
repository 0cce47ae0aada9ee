using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

/// <summary>The subscriptions of every workspace.</summary>
internal sealed class SubscriptionDirectory(WorkspaceDocument<IReadOnlyList<Subscription>> documents, EventReceivers receivers, TimeProvider time)
{
    /// <summary>How many a workspace can have: each costs a message for every event it wants.</summary>
    public const int Max = 100;

    public ValueTask<IReadOnlyList<Subscription>> ListAsync(string workspaceId, CancellationToken cancellationToken) =>
        documents.GetAsync(workspaceId, cancellationToken);

    /// <summary>Adds a subscription, or finds the one that is like it.</summary>
    /// <returns>The subscription, null where there are too many; and whether it is new.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<(Subscription? Subscription, bool IsNew)> AddAsync(string workspaceId, string url, IReadOnlyList<string> events, string source)
    {
        DateTimeOffset now = time.GetUtcNow();
        var wanted = new Subscription(Guid.CreateVersion7(now).ToString(), url, events, source, now);
        IReadOnlyList<Subscription> after = await ChangeAsync(
            workspaceId, before => before.Count >= Max || before.Any(wanted.IsLike) ? before : [.. before, wanted]).ConfigureAwait(false);
        Subscription? found = after.FirstOrDefault(wanted.IsLike);
        return (found, found?.Id == wanted.Id);
    }

    /// <summary>Removes a subscription.</summary>
    /// <returns>What was removed; null where there is none of this id.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<Subscription?> RemoveAsync(string workspaceId, string id)
    {
        Subscription? removed = null;
        await ChangeAsync(workspaceId, before =>
        {
            removed = before.FirstOrDefault(known => known.Id == id);
            return removed is null ? before : [.. before.Where(known => known.Id != id)];
        }).ConfigureAwait(false);
        return removed;
    }

    /// <summary>Notes since when a subscription's receiver has failed.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask NoteFailingAsync(string workspaceId, string id, DateTimeOffset? since) => await documents.ChangeAsync(
        workspaceId,
        before => before.Any(known => known.Id == id && known.FailingSince != since)
            ? [.. before.Select(known => known.Id == id ? known with { FailingSince = since } : known)]
            : before).ConfigureAwait(false);

    private async ValueTask<IReadOnlyList<Subscription>> ChangeAsync(
        string workspaceId, Func<IReadOnlyList<Subscription>, IReadOnlyList<Subscription>> change)
    {
        IReadOnlyList<Subscription> after = await documents.ChangeAsync(workspaceId, change).ConfigureAwait(false);
        await receivers.ReloadAsync(workspaceId).ConfigureAwait(false);
        return after;
    }
}
