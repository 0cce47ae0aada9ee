using System.Runtime.InteropServices;
using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Every record. The ids of a kind in a workspace are kept in their order, in a list that is searched by halves: a page of the audit log,
/// whose ids only grow, is found and an entry added in no time however long it is.
/// </summary>
internal sealed class RecordTable
{
    public const string Collection = "records";

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Record> _records = [];
    private readonly Dictionary<(string Kind, string WorkspaceId), List<string>> _ids = [];

    /// <summary>What identifies a record.</summary>
    public readonly record struct Key(string Kind, string WorkspaceId, string Id)
    {
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
            if (!_ids.TryGetValue((kind, workspaceId), out List<string>? ids))
                return [];
            int place = behind is null ? (descending ? ids.Count : 0) : ids.BinarySearch(behind, StringComparer.Ordinal);
            int first = place >= 0 ? place : ~place; // of those from the id on, which itself is not wanted
            if (behind is not null && place >= 0 && !descending)
                first++;
            int count = Math.Min(limit, descending ? first : ids.Count - first);
            var found = new Record[count];
            for (int i = 0; i < count; i++)
                found[i] = _records[new Key(kind, workspaceId, ids[descending ? first - 1 - i : first + i])];
            return found;
        }
    }

    /// <summary>Adds a record, replaces it, or removes it.</summary>
    public void Put(Key key, Record? record)
    {
        lock (_lock)
        {
            ref List<string>? ids = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, (key.Kind, key.WorkspaceId), out _);
            ids ??= [];
            int place = ids.BinarySearch(key.Id, StringComparer.Ordinal);
            if (record is null)
            {
                _records.Remove(key);
                if (place >= 0)
                    ids.RemoveAt(place);
                return;
            }

            _records[key] = record;
            if (place < 0)
                ids.Insert(~place, key.Id);
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
