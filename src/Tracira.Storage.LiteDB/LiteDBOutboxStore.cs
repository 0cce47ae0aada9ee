using System.Runtime.CompilerServices;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBOutboxStore(Database database, Gate gate) : IOutboxStore
{
    private const int PageSize = 100;

    public event Action? Added
    {
        add => database.Outbox.Added += value;
        remove => database.Outbox.Added -= value;
    }

    public async IAsyncEnumerable<OutboxMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        gate.Pass();
        _ = database.Columns; // the waiting ones are known once these are
        foreach (string[] keys in database.Outbox.Waiting.Keys().Chunk(PageSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Delivery delivery in Read(keys))
                yield return delivery.Message;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<int> CountWaitingAsync(CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(database.Outbox.Waiting.Count);
    }

    public ValueTask<ClaimedDeliveries> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        _ = database.Columns;
        (IReadOnlyList<string> keys, long? next) = database.Outbox.Waiting.Claim(claim);
        IReadOnlyList<Delivery> given = keys.Count == 0 ? [] : Read(keys);
        return ValueTask.FromResult(new ClaimedDeliveries(given, next is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null));
    }

    public ValueTask<bool> RecordAsync(Delivery attempt, CancellationToken cancellationToken = default) => ChangeAsync(
        attempt.Message.WorkspaceId,
        attempt.Message.Id,
        (outbox, engine, workspace) => outbox.Record(engine, workspace, attempt),
        cancellationToken);

    public ValueTask<bool> ReplayAsync(string workspaceId, string id, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ChangeAsync(workspaceId, id, (outbox, engine, workspace) => outbox.Replay(engine, workspace, id, now), cancellationToken);

    public ValueTask<Delivery?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return ValueTask.FromResult(
            workspace >= 0 && database.Outbox.Find(workspace, id) is { } document ? StillThere([document]).FirstOrDefault() : null);
    }

    public ValueTask<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(query.WorkspaceId);
        if (workspace < 0)
            return ValueTask.FromResult<IReadOnlyList<Delivery>>([]);
        IEnumerable<Delivery> found = query.LogId is { } log
            ? OfLog(workspace, log).Where(delivery => Matches(query, delivery))
            : Enum.GetValues<DeliveryState>()
                .Where(state => query.State is null || state == query.State)
                .SelectMany(state => OfState(state, workspace, query.Before).Take(query.Limit));
        return ValueTask.FromResult<IReadOnlyList<Delivery>>(
            [.. found.OrderByDescending(static delivery => delivery.Message.Id, StringComparer.Ordinal).Take(query.Limit)]);
    }

    public ValueTask<int> RemoveDeliveredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return database.WriteAsync(new RemoveDeliveredCommand(database, LogFilter.Milliseconds(before), limit), cancellationToken);
    }

    private async ValueTask<bool> ChangeAsync(
        string workspaceId, string id, Func<OutboxTable, LiteEngine, int, bool> change, CancellationToken cancellationToken)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        if (workspace < 0)
            return false;
        var command = new MessageCommand(database.Outbox, (workspaceId, id), (outbox, engine) => change(outbox, engine, workspace));
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private List<Delivery> OfLog(int workspace, string logId)
    {
        int row = database.ReadColumns(() => database.Columns.Keys.Find(workspace, logId));
        return row < 0 ? [] : StillThere(database.Outbox.OfRows([row]));
    }

    // Newest first, page by page: some may be those of logs that are gone and not yet removed from disk.
    private IEnumerable<Delivery> OfState(DeliveryState state, int workspace, string? before)
    {
        while (true)
        {
            (string first, string last) = DeliveryDocument.Between(state, workspace, before);
            List<BsonDocument> page = database.Documents.Between(DeliveryDocument.Collection, first, last, PageSize, descending: true);
            int read = page.Count;
            if (page.Count > 0 && DeliveryDocument.Read(page[0]).Message.Id == before)
                page.RemoveAt(0);
            foreach (Delivery delivery in StillThere(page))
                yield return delivery;
            if (read < PageSize)
                yield break;
            before = DeliveryDocument.Read(page[^1]).Message.Id;
        }
    }

    private List<Delivery> Read(IReadOnlyList<string> keys)
    {
        Dictionary<string, BsonDocument> found = database.Documents
            .Those(DeliveryDocument.Collection, keys.Select(static key => new BsonValue(key)))
            .ToDictionary(DeliveryDocument.KeyOf);
        return StillThere([.. keys.Where(found.ContainsKey).Select(key => found[key])]);
    }

    private List<Delivery> StillThere(IReadOnlyList<BsonDocument> documents)
    {
        bool[] isGone = database.ReadColumns(() => documents.Select(document => database.Columns.IsGone(DeliveryDocument.RowOf(document))).ToArray());
        return [.. documents.Where((_, i) => !isGone[i]).Select(DeliveryDocument.Read)];
    }

    private static bool Matches(DeliveryQuery query, Delivery delivery) =>
        (query.State is null || delivery.State == query.State)
        && (query.Before is null || string.CompareOrdinal(delivery.Message.Id, query.Before) < 0);
}
