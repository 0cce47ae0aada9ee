using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>Every record, ordered by kind, workspace and id.</summary>
internal sealed class RecordTable
{
    public const string Collection = "records";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<Key, Record> _records = [];

    /// <summary>What identifies a record.</summary>
    public readonly record struct Key(string Kind, string WorkspaceId, string Id) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            int order = string.CompareOrdinal(Kind, other.Kind);
            if (order == 0)
                order = string.CompareOrdinal(WorkspaceId, other.WorkspaceId);
            return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
        }

        public override string ToString() => $"{Kind}\n{WorkspaceId}\n{Id}";
    }

    public Record? Find(string kind, string workspaceId, string id)
    {
        lock (_lock)
            return _records.GetValueOrDefault(new Key(kind, workspaceId, id));
    }

    /// <summary>What identifies the records of a workspace.</summary>
    public IReadOnlyList<Key> KeysOf(string workspaceId)
    {
        lock (_lock)
            return [.. _records.Keys.Where(key => key.WorkspaceId == workspaceId)];
    }

    public IReadOnlyList<Record> List(string kind, string workspaceId, string? behind, int limit, bool descending)
    {
        lock (_lock)
        {
            IEnumerable<Record> all = _records.Values.Where(record => record.Kind == kind && record.WorkspaceId == workspaceId);
            if (descending)
                all = all.Reverse();
            if (behind is not null)
                all = all.Where(record => descending ? string.CompareOrdinal(record.Id, behind) < 0 : string.CompareOrdinal(record.Id, behind) > 0);
            return [.. all.Take(limit)];
        }
    }

    /// <summary>Adds a record, replaces it, or removes it.</summary>
    public void Put(Key key, Record? record)
    {
        lock (_lock)
        {
            if (record is null)
                _records.Remove(key);
            else
                _records[key] = record;
        }
    }

    public static BsonDocument Write(Record record) => new()
    {
        ["_id"] = new Key(record.Kind, record.WorkspaceId, record.Id).ToString(),
        ["kind"] = record.Kind,
        ["workspace"] = record.WorkspaceId,
        ["id"] = record.Id,
        ["json"] = record.Json,
        ["version"] = record.Version,
    };

    public void Load(BsonDocument document)
    {
        var record = new Record(
            document["kind"].AsString, document["workspace"].AsString, document["id"].AsString, document["json"].AsString, document["version"].AsInt64);
        Put(new Key(record.Kind, record.WorkspaceId, record.Id), record);
    }
}
