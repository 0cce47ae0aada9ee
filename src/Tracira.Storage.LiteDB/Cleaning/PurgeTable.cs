using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>The purges that are under way.</summary>
internal sealed class PurgeTable(DocumentReader documents)
{
    private int _last;

    /// <summary>Reads those that are not done yet.</summary>
    public List<Purge> Load()
    {
        List<Purge> purges = [];
        while (documents.Behind(Purge.Collection, _last, 1) is [var document])
        {
            purges.Add(Purge.Read(document));
            _last = purges[^1].Id;
        }

        return purges;
    }

    /// <summary>On the writer's thread: begins to purge some rows.</summary>
    public List<Purge> Begin(LiteEngine engine, RowSet rows)
    {
        List<Purge> purges = [];
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
        {
            if (rows.OfChunk(chunk).ContainsAnyExcept(0UL))
                purges.Add(new Purge(++_last, chunk, rows.OfChunk(chunk).ToArray()));
        }

        engine.Insert(Purge.Collection, purges.Select(static purge => purge.Write()), BsonAutoId.Int32);
        return purges;
    }
}
