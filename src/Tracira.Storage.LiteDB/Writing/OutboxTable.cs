using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>The messages that wait, in the collection <c>outbox</c>, numbered in the order they came. Changed on the writer's thread only.</summary>
internal sealed class OutboxTable(DocumentReader documents)
{
    private const string Collection = "outbox";
    private const int LoadStep = 4096;

    private readonly Dictionary<int, List<long>> _messagesOfRow = [];
    private long _last;

    /// <summary>Takes note of the messages that are there.</summary>
    public void Load()
    {
        while (documents.Behind(Collection, _last, LoadStep) is { Count: > 0 } found)
        {
            foreach (BsonDocument document in found)
                Note(document["row"].AsInt32, document["_id"].AsInt64);
        }
    }

    /// <summary>The waiting messages behind one, oldest first, with the rows they belong to.</summary>
    public IReadOnlyList<(long Number, int Row, OutboxMessage Message)> Read(long behind, int limit) =>
        [.. documents.Behind(Collection, behind, limit).Select(static document => (document["_id"].AsInt64, document["row"].AsInt32, new OutboxMessage(
            document["id"].AsString,
            document["workspace"].AsString,
            document["log"].AsString,
            document["event"].AsString,
            document["url"].AsString,
            document.Time("created"))))];

    /// <summary>Adds the messages of a row.</summary>
    public void Write(LiteEngine engine, int row, IReadOnlyList<OutboxMessage> messages)
    {
        foreach (OutboxMessage message in messages)
        {
            var document = new BsonDocument
            {
                ["_id"] = _last + 1,
                ["row"] = row,
                ["id"] = message.Id,
                ["workspace"] = message.WorkspaceId,
                ["log"] = message.LogId,
                ["event"] = message.Event,
                ["url"] = message.Url,
                ["created"] = message.CreatedAt.ToUnixTimeMilliseconds(),
            };
            engine.Insert(Collection, [document], BsonAutoId.Int64);
            Note(row, _last + 1);
        }
    }

    /// <summary>Removes the messages of a row.</summary>
    public void Delete(LiteEngine engine, int row)
    {
        if (_messagesOfRow.Remove(row, out List<long>? messages))
            engine.Delete(Collection, messages.Select(static message => new BsonValue(message)));
    }

    private void Note(int row, long message)
    {
        if (!_messagesOfRow.TryGetValue(row, out List<long>? messages))
            _messagesOfRow[row] = messages = [];
        messages.Add(message);
        _last = message;
    }
}
