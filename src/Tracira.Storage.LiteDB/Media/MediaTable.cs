using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Gives files their numbers, knows how many bytes each workspace has, and has the chunks of files removed that are nobody's. Those are
/// named in the collection <c>media_waste</c> from the first chunk of a file on until the file is whole, and again once it was replaced or
/// deleted; so whatever a crash leaves is removed after the next opening.
/// </summary>
internal sealed class MediaTable
{
    private const string WasteCollection = "media_waste";
    private const string TotalCollection = "media_totals";
    private const int ChunksAtOnce = 16;
    private const int FilesAtOnce = 100;

    private readonly DocumentReader _documents;
    private readonly ConcurrentDictionary<int, long> _totals = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _readers = [];
    private readonly HashSet<long> _wasteBeingRead = [];
    private long _lastNumber;

    public MediaTable(DocumentReader documents)
    {
        _documents = documents;
        _lastNumber = documents.Last(MediaChunk.Collection) is { } chunk ? MediaChunk.NumberOf(chunk) : 0;
        foreach (BsonDocument total in documents.ReadAll(TotalCollection, new Query()))
            _totals[total["_id"].AsInt32] = total["bytes"].AsInt64;
    }

    /// <summary>How many bytes a workspace has.</summary>
    public long TotalOf(int workspace) => _totals.GetValueOrDefault(workspace);

    /// <summary>A number that no file has or had since the opening.</summary>
    public long TakeNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>On the writer's thread: names a file whose chunks are nobody's, at least so far.</summary>
    public static void PutWaste(LiteEngine engine, long number) =>
        engine.Insert(WasteCollection, [new BsonDocument { ["_id"] = number }], BsonAutoId.Int64);

    /// <summary>On the writer's thread: the chunks of a file are somebody's now.</summary>
    public static void RemoveWaste(LiteEngine engine, long number) => engine.Delete(WasteCollection, [number]);

    /// <summary>On the writer's thread: saves how many bytes a workspace will have.</summary>
    public void WriteTotal(LiteEngine engine, int workspace, long change) =>
        engine.Upsert(TotalCollection, [new BsonDocument { ["_id"] = workspace, ["bytes"] = TotalOf(workspace) + change }], BsonAutoId.Int32);

    /// <summary>Counts a workspace's bytes, once they are saved.</summary>
    public void AddToTotal(int workspace, long change) => _totals[workspace] = TotalOf(workspace) + change;

    /// <summary>Has the chunks of a file removed that is waste on disk already: as soon as nobody reads them.</summary>
    public void Discard(Cleaner cleaner, long number)
    {
        lock (_lock)
        {
            if (_readers.ContainsKey(number))
                _wasteBeingRead.Add(number);
            else
                Clean(cleaner, number);
        }
    }

    /// <summary>Holds a file's chunks while they are read.</summary>
    public void BeginReading(long number)
    {
        lock (_lock)
            _readers[number] = _readers.GetValueOrDefault(number) + 1;
    }

    /// <summary>Lets go of them.</summary>
    public void EndReading(Cleaner cleaner, long number)
    {
        lock (_lock)
        {
            if (--_readers[number] > 0)
                return;
            _readers.Remove(number);
            if (_wasteBeingRead.Remove(number))
                Clean(cleaner, number);
        }
    }

    /// <summary>At opening: goes on with what was to be removed.</summary>
    public void Resume(Cleaner cleaner, IEnumerable<int> deletedWorkspaces)
    {
        foreach (BsonDocument waste in _documents.ReadAll(WasteCollection, new Query()))
            Clean(cleaner, waste["_id"].AsInt64);
        foreach (int workspace in deletedWorkspaces)
            CleanWorkspace(cleaner, workspace);
    }

    /// <summary>Has all files of a workspace removed whose number is nobody's any more.</summary>
    public void CleanWorkspace(Cleaner cleaner, int workspace)
    {
        if (FilesOf(1).Count == 0)
            return;
        cleaner.Add(engine =>
        {
            List<BsonDocument> files = FilesOf(FilesAtOnce);
            engine.Delete(MediaDocument.Collection, files.Select(static file => file["_id"]));
            foreach (long number in files.Select(MediaDocument.NumberOf))
            {
                PutWaste(engine, number);
                Discard(cleaner, number);
            }

            if (files.Count == FilesAtOnce)
                return true;
            engine.Delete(TotalCollection, [workspace]);
            return false;
        });

        List<BsonDocument> FilesOf(int limit) => _documents.Between(
            MediaDocument.Collection, MediaDocument.IdOf(workspace, ""), MediaDocument.IdOf(workspace + 1, ""), limit);
    }

    private static void Clean(Cleaner cleaner, long number)
    {
        int next = 0;
        cleaner.Add(engine =>
        {
            int deleted = engine.Delete(
                MediaChunk.Collection, Enumerable.Range(next, ChunksAtOnce).Select(place => new BsonValue(MediaChunk.IdOf(number, place))));
            next += ChunksAtOnce;
            if (deleted == ChunksAtOnce)
                return true;
            RemoveWaste(engine, number);
            return false;
        });
    }
}
