using System.Runtime.CompilerServices;

namespace Tracira;

internal sealed class InMemoryOutboxStore(InMemoryState state) : IOutboxStore
{
    public event Action? Added
    {
        add => state.MessagesAdded += value;
        remove => state.MessagesAdded -= value;
    }

    public async IAsyncEnumerable<OutboxMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (OutboxMessage message in state.Do(() => Waiting().Select(static entry => entry.Delivery.Message).ToArray()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return message;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<int> CountWaitingAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(state.Do(() => Waiting().Count()));

    public ValueTask<ClaimedDeliveries> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => Claim(claim)));

    public ValueTask<bool> RecordAsync(Delivery attempt, CancellationToken cancellationToken = default) => ValueTask.FromResult(state.Do(() =>
    {
        if (Find(attempt.Message.WorkspaceId, attempt.Message.Id) is not { Delivery.State: DeliveryState.Waiting } entry)
            return false;
        entry.Delivery = attempt;
        entry.LeasedUntil = null;
        return true;
    }));

    public ValueTask<Delivery?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => Find(workspaceId, id)?.Delivery));

    public ValueTask<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Delivery>>(() =>
            [.. state.Messages
                .Select(static entry => entry.Delivery)
                .Where(delivery => delivery.Message.WorkspaceId == query.WorkspaceId
                    && (query.State is null || delivery.State == query.State)
                    && (query.LogId is null || delivery.Message.LogId == query.LogId)
                    && (query.Before is null || string.CompareOrdinal(delivery.Message.Id, query.Before) < 0))
                .OrderByDescending(static delivery => delivery.Message.Id, StringComparer.Ordinal)
                .Take(query.Limit)]));

    public ValueTask<bool> ReplayAsync(string workspaceId, string id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        bool found = state.Do(() =>
        {
            if (Find(workspaceId, id) is not { } entry)
                return false;
            if (entry.Delivery.State == DeliveryState.Waiting)
            {
                entry.Delivery = entry.Delivery with { NextAttemptAt = now };
                return true;
            }

            state.Messages.Remove(entry);
            state.Messages.Add(new InMemoryMessage(new Delivery(entry.Delivery.Message, DeliveryState.Waiting) { NextAttemptAt = now }));
            return true;
        });
        if (found)
            state.TellOfMessages();
        return ValueTask.FromResult(found);
    }

    public ValueTask<int> RemoveDeliveredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            HashSet<InMemoryMessage> old = [.. state.Messages
                .Where(entry => entry.Delivery.State == DeliveryState.Delivered && entry.Delivery.LastAttemptAt < before)
                .Take(limit)];
            return state.Messages.RemoveAll(old.Contains);
        }));

    private ClaimedDeliveries Claim(OutboxClaim claim)
    {
        List<Delivery> given = [];
        Dictionary<string, int> givenOfLane = [];
        DateTimeOffset? next = null;
        var heads = Waiting()
            .GroupBy(static entry => (entry.Delivery.Message.WorkspaceId, entry.Delivery.Message.LogId, entry.Delivery.Message.Url))
            .Select(static receiver => receiver.First())
            .OrderBy(static entry => entry.Delivery.NextAttemptAt);
        foreach (InMemoryMessage head in heads)
        {
            string lane = head.Delivery.Message.Lane;
            int taken = givenOfLane.GetValueOrDefault(lane);
            DateTimeOffset due = head.LeasedUntil > claim.Now ? head.LeasedUntil.Value : head.Delivery.NextAttemptAt!.Value;
            if (due <= claim.Now && given.Count < claim.Limit && taken < claim.LimitOf(lane))
            {
                head.LeasedUntil = claim.Until;
                given.Add(head.Delivery);
                givenOfLane[lane] = taken + 1;
            }
            else if (claim.LimitOf(lane) > 0 && (next is null || due < next))
            {
                next = due;
            }
        }

        return new ClaimedDeliveries(given, next);
    }

    private IEnumerable<InMemoryMessage> Waiting() => state.Messages.Where(static entry => entry.Delivery.State == DeliveryState.Waiting);

    private InMemoryMessage? Find(string workspaceId, string id) =>
        state.Messages.Find(entry => entry.Delivery.Message.Id == id && entry.Delivery.Message.WorkspaceId == workspaceId);
}

/// <summary>A message in memory.</summary>
internal sealed class InMemoryMessage(Delivery delivery)
{
    public Delivery Delivery { get; set; } = delivery;

    public DateTimeOffset? LeasedUntil { get; set; }
}
