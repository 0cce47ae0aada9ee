using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Writes messages and what becomes of them, on the writer's thread. Readers see of it what is durable: what changes among the waiting
/// ones is noted while it is written, and takes effect with <see cref="Publish"/>.
/// </summary>
internal sealed class OutboxTable
{
    private const int LoadStep = 4096;

    private readonly DocumentReader _documents;
    private readonly List<Action> _unpublished = [];
    private bool _hasNew;
    private long _last;

    public OutboxTable(LiteEngine engine, DocumentReader documents)
    {
        _documents = documents;
        engine.EnsureIndex(DeliveryDocument.Collection, DeliveryDocument.RowIndex, $"$.{DeliveryDocument.RowIndex}", unique: false);
    }

    /// <summary>Those that wait.</summary>
    public WaitingMessages Waiting { get; } = new();

    /// <summary>Raised when messages have come to wait.</summary>
    public event Action? Added;

    /// <summary>Takes note of the messages that wait.</summary>
    public void Load()
    {
        List<(long Number, int Row, Delivery Delivery, string Key)> waiting = [];
        (string first, string last) = DeliveryDocument.Waiting;
        for (List<BsonDocument> page; ; first = DeliveryDocument.KeyOf(page[^1]) + '\0')
        {
            page = _documents.Between(DeliveryDocument.Collection, first, last, LoadStep);
            waiting.AddRange(page.Select(static document => (
                document["number"].AsInt64, DeliveryDocument.RowOf(document), DeliveryDocument.Read(document), DeliveryDocument.KeyOf(document))));
            if (page.Count < LoadStep)
                break;
        }

        foreach ((long number, int row, Delivery delivery, string key) in waiting.OrderBy(static entry => entry.Number))
        {
            Waiting.Add(key, number, row, delivery.Message.Url, delivery.Message.Lane, DueOf(delivery));
            _last = number;
        }
    }

    /// <summary>Adds the messages of a row.</summary>
    public void Write(LiteEngine engine, int workspace, int row, IReadOnlyList<OutboxMessage> messages)
    {
        foreach (OutboxMessage message in messages)
            Insert(engine, workspace, row, new Delivery(message, DeliveryState.Waiting) { NextAttemptAt = message.CreatedAt });
    }

    /// <summary>Writes what came of an attempt.</summary>
    /// <returns>False where the message does not wait.</returns>
    public bool Record(LiteEngine engine, int workspace, Delivery attempt)
    {
        string key = DeliveryDocument.KeyOf(DeliveryState.Waiting, workspace, attempt.Message.Id);
        if (_documents.Find(DeliveryDocument.Collection, key) is not { } document)
            return false;
        BsonDocument after = DeliveryDocument.Write(workspace, DeliveryDocument.RowOf(document), document["number"].AsInt64, attempt);
        if (attempt.State == DeliveryState.Waiting)
        {
            engine.Update(DeliveryDocument.Collection, [after]);
            long due = DueOf(attempt);
            _unpublished.Add(() => Waiting.Postpone(key, due));
            return true;
        }

        engine.Delete(DeliveryDocument.Collection, [key]);
        engine.Insert(DeliveryDocument.Collection, [after], BsonAutoId.ObjectId);
        _unpublished.Add(() => Waiting.Remove(key));
        return true;
    }

    /// <summary>Lets a message wait again.</summary>
    /// <returns>False where there is none of this id.</returns>
    public bool Replay(LiteEngine engine, int workspace, string messageId, DateTimeOffset now)
    {
        if (Find(workspace, messageId) is not { } document)
            return false;
        Delivery before = DeliveryDocument.Read(document);
        int row = DeliveryDocument.RowOf(document);
        if (before.State == DeliveryState.Waiting)
        {
            string key = DeliveryDocument.KeyOf(document);
            engine.Update(
                DeliveryDocument.Collection, [DeliveryDocument.Write(workspace, row, document["number"].AsInt64, before with { NextAttemptAt = now })]);
            _unpublished.Add(() => Waiting.Hurry(key, now.ToUnixTimeMilliseconds()));
            _hasNew = true;
            return true;
        }

        engine.Delete(DeliveryDocument.Collection, [document["_id"]]);
        Insert(engine, workspace, row, new Delivery(before.Message, DeliveryState.Waiting) { NextAttemptAt = now });
        return true;
    }

    /// <summary>Removes the messages of some rows.</summary>
    public void Delete(LiteEngine engine, IReadOnlyList<int> rows)
    {
        if (rows.Count == 0 || _documents.From(DeliveryDocument.Collection, "", 1).Count == 0)
            return;
        string[] keys = [.. OfRows(rows).Select(DeliveryDocument.KeyOf)];
        engine.Delete(DeliveryDocument.Collection, keys.Select(static key => new BsonValue(key)));
        foreach (string key in keys)
            _unpublished.Add(() => Waiting.Remove(key));
    }

    /// <summary>Lets readers see what was written and is durable now.</summary>
    public void Publish()
    {
        _unpublished.ForEach(static change => change());
        _unpublished.Clear();
        if (!_hasNew)
            return;
        _hasNew = false;
        Added?.Invoke();
    }

    /// <summary>The messages of some rows.</summary>
    public List<BsonDocument> OfRows(IReadOnlyList<int> rows) =>
        _documents.Where(DeliveryDocument.Collection, DeliveryDocument.RowIndex, rows.Select(static row => new BsonValue(row)));

    /// <summary>The document of a message, whatever its state.</summary>
    public BsonDocument? Find(int workspace, string messageId) =>
        _documents.Those(DeliveryDocument.Collection, Enum.GetValues<DeliveryState>()
            .Select(state => new BsonValue(DeliveryDocument.KeyOf(state, workspace, messageId)))) is [var document, ..] ? document : null;

    private void Insert(LiteEngine engine, int workspace, int row, Delivery delivery)
    {
        long number = ++_last;
        BsonDocument document = DeliveryDocument.Write(workspace, row, number, delivery);
        engine.Insert(DeliveryDocument.Collection, [document], BsonAutoId.ObjectId);
        string key = DeliveryDocument.KeyOf(document);
        _unpublished.Add(() => Waiting.Add(key, number, row, delivery.Message.Url, delivery.Message.Lane, DueOf(delivery)));
        _hasNew = true;
    }

    private static long DueOf(Delivery delivery) => delivery.NextAttemptAt!.Value.ToUnixTimeMilliseconds();
}
