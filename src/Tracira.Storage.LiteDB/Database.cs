using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>The open database: LiteDB's engine over our files, what of it is kept in memory, and the one writer.</summary>
internal sealed class Database : IDisposable
{
    private const int FormatVersion = 5;
    private const int VersionWithOlderSegments = 4;
    private const string WorkspaceNumbersCollection = Tracira.Storage.LiteDB.Tables.WorkspaceNumbers;

    private static readonly ConcurrentBag<LiteEngine> Failed = [];

    // Costs nothing while nobody listens.
    private static readonly Histogram<double> CommitTime = new Meter("Tracira").CreateHistogram<double>(
        "tracira.store.commit.duration", "s", "How long it took until a group of writes was on disk");

    private readonly DataFile _dataFile;
    private readonly WriteAheadFile _logFile;
    private readonly LiteEngine _engine;
    private readonly Task<LogColumns> _columns;
    private readonly Writer _writer;
    private readonly Segments _segments;
    private int _nextRow;

    /// <param name="path">The file.</param>
    /// <param name="cleaningPause">How long to leave the disk to others before each step of cleaning up.</param>
    /// <exception cref="StoreUnavailableException">The file is open elsewhere, damaged, or of a newer version.</exception>
    public Database(string path, TimeSpan cleaningPause)
    {
        try
        {
            _dataFile = new DataFile(path);
        }
        catch (IOException exception)
        {
            throw new StoreUnavailableException($"{path} cannot be opened; another process may have it open. {exception.Message}", exception);
        }

        try
        {
            if (!_dataFile.IsEmptyOrLiteDB())
                throw new InvalidDataException("it is not a LiteDB file.");
            _logFile = new WriteAheadFile(LogPathOf(path));
            _engine = new LiteEngine(new EngineSettings { DataStream = _dataFile, LogStream = _logFile, Collation = Collation.Binary });
            CheckVersion();
            Documents = new DocumentReader(_engine);
            Tables = new Tables(_engine);
            Hits = new RuleHits(Documents);
            Outbox = new OutboxTable(_engine, Documents);
            Purges = new PurgeTable(Documents);
            Media = new MediaTable(Documents);
            Outputs = new OutputIndex(this, SignatureFile.PathOf(path));
            _segments = new Segments(Documents, Projects, Hits, Outputs);
        }
        catch (Exception exception) when (exception is LiteException or IOException or InvalidDataException)
        {
            CloseFiles();
            throw new StoreUnavailableException($"{path} cannot be read: {exception.Message}", exception);
        }
        catch
        {
            CloseFiles();
            throw;
        }

        _columns = new Task<LogColumns>(Load, TaskCreationOptions.LongRunning);
        _writer = new Writer(_engine, Publishing, Commit, AfterGroup, _columns);
        Cleaner = new Cleaner(async step => await WriteAsync(step, CancellationToken.None).ConfigureAwait(false), cleaningPause);
        _columns.Start(TaskScheduler.Default);
    }

    /// <summary>The columns that logs are filtered and ordered by. They are read in the background; who asks before they are complete waits.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public LogColumns Columns => _columns.IsCompletedSuccessfully ? _columns.Result : _columns.GetAwaiter().GetResult();

    /// <summary>Reads documents.</summary>
    public DocumentReader Documents { get; }

    /// <summary>Workspaces, projects and rules.</summary>
    public Tables Tables { get; }

    /// <summary>The projects.</summary>
    public ProjectTable Projects => Tables.Projects;

    /// <summary>The messages.</summary>
    public OutboxTable Outbox { get; }

    /// <summary>The files.</summary>
    public MediaTable Media { get; }

    /// <summary>The logs that are gone and still on disk.</summary>
    public PurgeTable Purges { get; }

    /// <summary>Which rules flagged which rows.</summary>
    public RuleHits Hits { get; }

    /// <summary>Which rows' outputs may contain a text.</summary>
    public OutputIndex Outputs { get; }

    /// <summary>Removes from disk what is gone.</summary>
    public Cleaner Cleaner { get; }

    /// <summary>Held for reading while <see cref="Columns"/> are read, except on the writer's thread.</summary>
    public ReaderWriterLockSlim Publishing { get; } = new();

    /// <summary>The file beside the database that is written ahead to; gone when the database was closed as it should be.</summary>
    public static string LogPathOf(string path) => path + "-wal";

    /// <summary>Makes a change durable and visible.</summary>
    public ValueTask<T> WriteAsync<T>(WriteCommand<T> command, CancellationToken cancellationToken) => _writer.RunAsync(command, cancellationToken);

    /// <summary>Reads the columns as they are between two changes.</summary>
    public T ReadColumns<T>(Func<T> read)
    {
        Publishing.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            Publishing.ExitReadLock();
        }
    }

    /// <summary>The number of a workspace that has been used before.</summary>
    public int WorkspaceNumber(string workspaceId) => Tables.FindWorkspace(workspaceId) is int number and >= 0
        ? number
        : throw new ArgumentException($"There is no workspace {workspaceId}.", nameof(workspaceId));

    /// <summary>The number of a workspace, which is given where it has none.</summary>
    public async ValueTask<int> NumberWorkspaceAsync(string workspaceId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Tables.FindWorkspace(workspaceId) is int known and >= 0)
                return known;
            var command = new TableCommand<bool>(
                WorkspaceNumbersCollection,
                engine =>
                {
                    if (Tables.FindWorkspace(workspaceId) >= 0)
                        return (false, false);
                    engine.Insert(
                        WorkspaceNumbersCollection, [new BsonDocument { ["_id"] = Tables.WorkspaceCount, ["id"] = workspaceId }], BsonAutoId.Int32);
                    return (true, true);
                },
                () => Tables.AddWorkspaceNumber(workspaceId));
            await WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the log of a row; null where it is gone.</summary>
    public Log? ReadLog(int row) => Documents.Find(LogDocument.Collection, row) is { } document
        ? LogDocument.LogOf(LogDocument.BodyOf(document), Projects, Tables.Revisions)
        : null;

    /// <summary>Reads the logs of some rows, in that order; those that are gone are left out.</summary>
    public IReadOnlyList<(int Row, Log Log)> ReadLogs(IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
            return [];
        var found = new Dictionary<int, Log>(rows.Count);
        IEnumerable<BsonDocument> documents = rows.Max() - rows.Min() == rows.Count - 1
            ? Documents.Between(LogDocument.Collection, rows.Min(), rows.Max())
            : Documents.Those(LogDocument.Collection, rows.Select(static row => new BsonValue(row)));
        foreach (BsonDocument document in documents)
            found[LogDocument.RowOf(document)] = LogDocument.LogOf(LogDocument.BodyOf(document), Projects, Tables.Revisions);
        return [.. rows.Where(found.ContainsKey).Select(row => (row, found[row]))];
    }

    /// <summary>On the writer's thread: the number for the next row.</summary>
    public int TakeRow() => _nextRow++;

    /// <summary>What is kept of a log; the revisions of its rules are saved where they are new.</summary>
    public async ValueTask<byte[]> WriteBodyAsync(Log log, int project, CancellationToken cancellationToken)
    {
        foreach (AppliedRule applied in log.AppliedRules)
        {
            if (Tables.Revisions.NumberOf(applied.Rule) >= 0)
                continue;
            var command = new TableCommand<bool>(
                RuleDocument.Collection,
                engine =>
                {
                    int before = Tables.Revisions.Count;
                    RevisionNumber(engine, applied.Rule);
                    return (Tables.Revisions.Count > before, true);
                },
                static () => { });
            await WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }

        return LogBody.Write(log, project, Tables.Revisions.NumberOf);
    }

    /// <summary>On the writer's thread: the number of a rule's revision, which is saved where it is new.</summary>
    public int RevisionNumber(LiteEngine engine, Rule rule)
    {
        int number = Tables.Revisions.NumberOf(rule);
        if (number >= 0)
            return number;
        number = Tables.Revisions.Count;
        engine.Insert(RuleDocument.Collection, [RuleDocument.Write(number, rule)], BsonAutoId.Int32);
        Tables.Revisions.Add(rule);
        return number;
    }

    /// <summary>On the writer's thread: puts a rule in force.</summary>
    public void SaveRule(LiteEngine engine, int workspace, Rule rule)
    {
        int revision = RevisionNumber(engine, rule);
        RuleEntry.Put(engine, workspace, rule.Id, revision, order: Tables.Revisions.Count); // grows with every revision
    }

    /// <summary>On the writer's thread: saves a row's new state.</summary>
    public void WriteState(int row, byte state) => _segments.WriteState(Columns, row, state);

    /// <summary>On the writer's thread: removes the logs of some rows, with their messages.</summary>
    public void DeleteRows(LiteEngine engine, IReadOnlyList<int> rows)
    {
        engine.Delete(LogDocument.Collection, rows.Select(static row => new BsonValue(row)));
        Outbox.Delete(engine, rows);
        foreach (int row in rows)
            WriteState(row, (byte)(Columns.States[row] | RowState.Deleted));
    }

    /// <summary>Finishes what was accepted, and closes the files.</summary>
    public void Dispose()
    {
        Cleaner.Dispose();
        _writer.Dispose();
        Outputs.Dispose();
        if (!_writer.HasFailed)
            Checkpoint();
        CloseFiles(engineToo: !_writer.HasFailed);
        Publishing.Dispose();
    }

    private void CheckVersion()
    {
        int version = _engine.Pragma("USER_VERSION").AsInt32;
        if (version == VersionWithOlderSegments)
        {
            // Segments hold nothing that the logs do not: without them, the columns are filled from the logs once more.
            SegmentDocument.DropAll(_engine);
            version = 0;
        }

        if (version != 0 && version != FormatVersion)
        {
            string writer = version > FormatVersion ? "a newer Tracira" : "a Tracira before its first release";
            throw new StoreUnavailableException($"The data was written by {writer} (format {version}; this one reads {FormatVersion}).");
        }

        if (version == 0)
            _engine.Pragma("USER_VERSION", FormatVersion);
    }

    private LogColumns Load()
    {
        var loading = new ColumnLoading(Documents, _segments, Hits, Outputs, Tables, Purges.Load());
        LogColumns columns = loading.Run();
        _nextRow = columns.Count;
        Outbox.Load();
        loading.Purges.ForEach(purge => RowRemoval.Clean(this, purge));
        Media.Resume(Cleaner, Tables.DeletedWorkspaces);
        Outputs.Start(_segments.Count);
        return columns;
    }

    private void Commit()
    {
        long started = Stopwatch.GetTimestamp();
        long before = _logFile.Commits;
        _segments.SaveStates(_engine);
        Hits.Save(_engine);
        _engine.Commit();
        _logFile.WaitForCommit(before);
        CommitTime.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private void AfterGroup(LiteEngine engine)
    {
        Outbox.Publish();
        _segments.Seal(engine, Columns, Commit);
    }

    private void Checkpoint()
    {
        try
        {
            _engine.Checkpoint();
        }
        catch (Exception exception) when (exception is LiteException or IOException or StoreUnavailableException)
        {
            // What is committed is in the log file and is taken up at the next opening.
        }
    }

    // An engine whose transaction failed half-way waits for that transaction for ever, and the transaction's finalizer throws, which ends
    // the process. Such an engine holds nothing that the files do not, and is left alone.
    private void CloseFiles(bool engineToo = true)
    {
        if (engineToo)
            _engine?.Dispose();
        else
            Failed.Add(_engine);
        _dataFile.Dispose();
        _logFile?.Dispose();
    }
}
