using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Removes any number of logs, for everybody at once and from disk bit by bit.</summary>
internal sealed class RowRemoval(Database database)
{
    private const int RowsAtOnce = 256;

    private readonly Departure _departure = new(database);
    private List<Purge> _purges = [];

    /// <summary>Writes into the open transaction which logs go.</summary>
    public void Write(LiteEngine engine, RowSet rows)
    {
        _departure.Prepare([.. rows.Rows()]);
        _purges = database.Purges.Begin(engine, rows);
        rows.Dispose();
    }

    /// <summary>Lets the logs go, and has their documents removed.</summary>
    public void Publish()
    {
        _departure.Publish();
        foreach (Purge purge in _purges)
            Clean(database, purge);
    }

    /// <summary>Has the documents of a purge removed.</summary>
    public static void Clean(Database database, Purge purge)
    {
        int[]? rows = null;
        int next = 0;
        database.Cleaner.Add(engine =>
        {
            rows ??= [.. purge.Rows()];
            int count = Math.Min(RowsAtOnce, rows.Length - next);
            database.DeleteRows(engine, rows.AsSpan(next, count).ToArray());
            next += count;
            if (next < rows.Length)
                return true;
            engine.Delete(Purge.Collection, [new BsonValue(purge.Id)]);
            return false;
        });
    }
}
