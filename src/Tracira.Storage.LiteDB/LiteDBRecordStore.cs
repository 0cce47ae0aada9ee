using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>Records are few and small and asked for often: they are all in memory too.</summary>
internal sealed class LiteDBRecordStore(Database database, Gate gate) : IRecordStore
{
    private readonly RecordTable _records = database.Tables.Records;

    public ValueTask<Record?> FindAsync(string kind, string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(_records.Find(kind, workspaceId, id));
    }

    public ValueTask<IReadOnlyList<Record>> ListAsync(
        string kind,
        string workspaceId,
        string? behind = null,
        int limit = int.MaxValue,
        bool descending = false,
        CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(_records.List(kind, workspaceId, behind, limit, descending));
    }

    public ValueTask<bool> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        List<(RecordTable.Key Key, Record? Record)> written = [];
        var command = new TableCommand<bool>(
            RecordTable.Collection,
            engine =>
            {
                if (writes.Any(write => write.ExpectedVersion is { } expected && expected != VersionOf(write)))
                    return (false, false);
                foreach (RecordWrite write in writes)
                {
                    var key = new RecordTable.Key(write.Kind, write.WorkspaceId, write.Id);
                    Record? record = write.Json is null ? null : new Record(write.Kind, write.WorkspaceId, write.Id, write.Json, VersionOf(write) + 1);
                    if (record is null)
                        engine.Delete(RecordTable.Collection, [key.ToString()]);
                    else
                        engine.Upsert(RecordTable.Collection, [RecordTable.Write(record)], BsonAutoId.ObjectId);
                    written.Add((key, record));
                }

                return (written.Count > 0, true);
            },
            () => written.ForEach(change => _records.Put(change.Key, change.Record)));
        return database.WriteAsync(command, cancellationToken);
    }

    private long VersionOf(RecordWrite write) => _records.Find(write.Kind, write.WorkspaceId, write.Id)?.Version ?? 0;
}
