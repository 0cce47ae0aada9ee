using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Changes one message. Decided by what is on disk inside the transaction, so that any number of them can be in a group.</summary>
/// <param name="outbox">Where.</param>
/// <param name="subject">What the change is about.</param>
/// <param name="write">Writes it; false where there is no such message.</param>
internal sealed class MessageCommand(OutboxTable outbox, (string WorkspaceId, string Id) subject, Func<OutboxTable, LiteEngine, bool> write)
    : WriteCommand<bool>
{
    public override bool Claim(HashSet<object> claimed) => claimed.Add((nameof(MessageCommand), subject));

    public override bool Write(LiteEngine engine) => Answer = write(outbox, engine);

    public override void Publish()
    {
        // The table does, behind the group.
    }
}

/// <summary>Removes messages that were delivered before a moment, in milliseconds since 1970.</summary>
internal sealed class RemoveDeliveredCommand(Database database, long before, int limit) : WriteCommand<int>
{
    private const int PageSize = 256;

    public override bool Claim(HashSet<object> claimed) => claimed.Add(nameof(RemoveDeliveredCommand));

    public override bool Write(LiteEngine engine)
    {
        List<BsonValue> old = [];
        for (int workspace = 0; workspace < database.Tables.WorkspaceCount && old.Count < limit; workspace++)
            old.AddRange(Old(workspace).Take(limit - old.Count));
        Answer = old.Count == 0 ? 0 : engine.Delete(DeliveryDocument.Collection, old);
        return Answer > 0;
    }

    public override void Publish()
    {
        // What is delivered is held nowhere but on disk.
    }

    // In the order of their ids, which is that of their making: behind one that was made after the moment, none was delivered before it.
    private IEnumerable<BsonValue> Old(int workspace)
    {
        (string first, string last) = DeliveryDocument.Between(DeliveryState.Delivered, workspace, before: null);
        for (List<BsonDocument> page; ; first = DeliveryDocument.KeyOf(page[^1]) + '\0')
        {
            page = database.Documents.Between(DeliveryDocument.Collection, first, last, PageSize);
            foreach (BsonDocument document in page)
            {
                if (document["created"].AsInt64 >= before)
                    yield break;
                if (document["last"].AsInt64 < before)
                    yield return document["_id"];
            }

            if (page.Count < PageSize)
                yield break;
        }
    }
}
