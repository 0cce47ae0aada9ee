namespace Tracira.Storage.LiteDB;

/// <summary>
/// Keeps everything in one LiteDB file (with its write-ahead file beside it). What it has acknowledged is synced to disk. One process at a
/// time can have the file open.
/// </summary>
public sealed class LiteDBStore : ITraciraStore
{
    // Removing a million logs from disk takes a minute or two then, and whoever writes meanwhile notices little of it.
    private static readonly TimeSpan CleaningPause = TimeSpan.FromMilliseconds(20);

    private readonly Database _database;
    private int _disposed;

    private LiteDBStore(Database database)
    {
        _database = database;
        var gate = new Gate(() => Volatile.Read(ref _disposed) == 1);
        Workspaces = new LiteDBWorkspaceStore(database, gate);
        Projects = new LiteDBProjectStore(database, gate);
        Rules = new LiteDBRuleStore(database, gate);
        Logs = new LiteDBLogStore(database, gate);
        Outbox = new LiteDBOutboxStore(database, gate);
        Records = new LiteDBRecordStore(database, gate);
        Media = new LiteDBMediaStore(database, gate);
    }

    /// <inheritdoc/>
    public IWorkspaceStore Workspaces { get; }

    /// <inheritdoc/>
    public IProjectStore Projects { get; }

    /// <inheritdoc/>
    public IRuleStore Rules { get; }

    /// <inheritdoc/>
    public ILogStore Logs { get; }

    /// <inheritdoc/>
    public IOutboxStore Outbox { get; }

    /// <inheritdoc/>
    public IRecordStore Records { get; }

    /// <inheritdoc/>
    public IMediaStore Media { get; }

    /// <summary>Opens the file, or makes it. What a crash left unfinished is recovered.</summary>
    /// <param name="path">The database file; its folder must exist.</param>
    /// <exception cref="StoreUnavailableException">The file is open elsewhere, damaged, or written by a newer version.</exception>
    public static LiteDBStore Open(string path) => Open(path, CleaningPause);

    /// <summary>Opens the file and cleans up at another pace.</summary>
    internal static LiteDBStore Open(string path, TimeSpan cleaningPause) => new(new Database(path, cleaningPause));

    /// <summary>Makes durable what was accepted, and closes the file.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _database.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Turns calls away once the store is closed.</summary>
internal sealed class Gate(Func<bool> isClosed)
{
    public void Pass()
    {
        if (isClosed())
            throw new StoreUnavailableException("The store is closed.");
    }
}
