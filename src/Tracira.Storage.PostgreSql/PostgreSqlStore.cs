using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Keeps everything in a PostgreSQL database, version 15 or later, that any number of nodes share. What it has acknowledged is committed.
/// </summary>
public sealed class PostgreSqlStore : ITraciraStore
{
    private const int Shards = 64;

    private readonly Database _database;
    private readonly Writer _writer;
    private int _disposed;

    private PostgreSqlStore(Database database)
    {
        _database = database;
        short shard = (short)Random.Shared.Next(Shards);
        var numbers = new WorkspaceNumbers(database);
        var places = new Places();
        var revisions = new RuleRevisions(database);
        var partitions = new Partitions(database);
        var outbox = new OutboxRows();
        var rules = ToldApart.Rules();
        var appending = new LogAppending(revisions, places, ToldApart.Models(), rules);
        var group = new GroupWrite(database, partitions, appending, new LogChanging(revisions, rules), outbox, shard);
        _writer = new Writer(group.CommitAsync);
        Workspaces = new PostgreSqlWorkspaceStore(database, numbers, places);
        Projects = new PostgreSqlProjectStore(database, numbers, places, new ProjectRemoval(database, shard), new ProjectMerge(database, revisions));
        Rules = new PostgreSqlRuleStore(database, numbers, revisions);
        Logs = new PostgreSqlLogStore(database, numbers, revisions, _writer, new LogPages(database, numbers, revisions), partitions, shard);
        Outbox = new PostgreSqlOutboxStore(database, numbers, outbox);
        Records = new PostgreSqlRecordStore(database);
        Media = new PostgreSqlMediaStore(database);
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

    /// <summary>Opens the database and brings its schema up to date. Any number of nodes may do so at once.</summary>
    /// <param name="connectionString">Where it is, as Npgsql knows it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be reached, or its schema is that of a newer version.</exception>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public static PostgreSqlStore Open(string connectionString)
    {
        var database = new Database(connectionString);
        try
        {
            using NpgsqlConnection connection = database.Connect();
            Migrator.Run(connection);
        }
        catch
        {
            database.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        return new PostgreSqlStore(database);
    }

    /// <summary>Commits what was accepted, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }
}
