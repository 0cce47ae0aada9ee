using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>The open database: LiteDB's engine over our files, what of it is kept in memory, and the one writer.</summary>
internal sealed class Database : IDisposable
{
    private const int FormatVersion = 2;
    private const int TailStep = 1024;
    private const string OutboxCollection = "outbox";
    private const string WorkspaceNumbersCollection = Tracira.Storage.LiteDB.Tables.WorkspaceNumbers;

    private static readonly ConcurrentBag<LiteEngine> Failed = [];

    private readonly DatabaseFile _dataFile;
    private readonly WriteAheadFile _logFile;
    private readonly LiteEngine _engine;
    private readonly Task<LogColumns> _columns;
    private readonly Writer _writer;
    private readonly Dictionary<int, byte[]> _groupStates = [];
    private readonly Dictionary<int, List<long>> _messagesOfRow = [];
    private long _lastMessage;
    private int _nextRow;
    private int _sealedRows;
    private SegmentDocument.TextCounts _sealedTexts;

    /// <exception cref="StoreUnavailableException">The file is open elsewhere, damaged, or of a newer version.</exception>
    public Database(string path)
    {
        try
        {
            _dataFile = new DatabaseFile(path);
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
            Tables = new Tables(_engine);
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

        _columns = Task.Factory.StartNew(Load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _writer = new Writer(_engine, Publishing, Commit, AfterGroup, _columns);
    }

    /// <summary>The columns that logs are filtered and ordered by. They are read in the background; who asks before they are complete waits.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public LogColumns Columns => _columns.IsCompletedSuccessfully ? _columns.Result : _columns.GetAwaiter().GetResult();

    /// <summary>Workspaces, projects and rules.</summary>
    public Tables Tables { get; }

    /// <summary>The projects.</summary>
    public ProjectTable Projects => Tables.Projects;

    /// <summary>Held for reading while <see cref="Columns"/> are read, except on the writer's thread.</summary>
    public ReaderWriterLockSlim Publishing { get; } = new();

    /// <summary>The file beside the database that is written ahead to; gone when the database was closed as it should be.</summary>
    public static string LogPathOf(string path) => path + "-wal";

    /// <summary>Makes a change durable and visible.</summary>
    public ValueTask<T> WriteAsync<T>(WriteCommand<T> command, CancellationToken cancellationToken) => _writer.RunAsync(command, cancellationToken);

    /// <summary>The number of a workspace that has been used before.</summary>
    public int WorkspaceNumber(string workspaceId) => Tables.FindWorkspace(workspaceId) is int number and >= 0
        ? number
        : throw new ArgumentException($"There is no workspace {workspaceId}.", nameof(workspaceId));

    /// <summary>The number of a workspace, which is given where it has none.</summary>
    public async ValueTask<int> NumberWorkspaceAsync(string workspaceId, CancellationToken cancellationToken)
    {
        if (Tables.FindWorkspace(workspaceId) is int known and >= 0)
            return known;
        var command = new TableCommand<bool>(
            WorkspaceNumbersCollection,
            engine =>
            {
                if (Tables.FindWorkspace(workspaceId) >= 0)
                    return (false, false);
                engine.Insert(WorkspaceNumbersCollection, [new BsonDocument { ["_id"] = Tables.WorkspaceCount, ["id"] = workspaceId }], BsonAutoId.Int32);
                return (true, true);
            },
            () => Tables.AddWorkspaceNumber(workspaceId));
        await WriteAsync(command, cancellationToken).ConfigureAwait(false);
        return Tables.FindWorkspace(workspaceId);
    }

    /// <summary>Reads the log of a row; null where it is gone.</summary>
    public Log? ReadLog(int row) => ReadLogs([row]) is [var found] ? found.Log : null;

    /// <summary>Reads the logs of some rows, in that order; those that are gone are left out.</summary>
    public IReadOnlyList<(int Row, Log Log)> ReadLogs(IReadOnlyList<int> rows)
    {
        if (rows.Count == 0)
            return [];
        var query = new Query();
        query.Where.Add(rows.Count == 1 ? Query.EQ("_id", rows[0]) : Query.In("_id", new BsonArray(rows.Select(static row => new BsonValue(row)))));
        var found = new Dictionary<int, Log>(rows.Count);
        foreach (BsonDocument document in ReadAll(LogDocument.Collection, query))
            found[LogDocument.RowOf(document)] = ToLog(LogDocument.BodyOf(document));
        return [.. rows.Where(found.ContainsKey).Select(row => (row, found[row]))];
    }

    /// <summary>The waiting messages behind one, oldest first.</summary>
    public IReadOnlyList<(long Number, OutboxMessage Message)> ReadMessages(long behind, int limit)
    {
        var query = new Query { Limit = limit };
        query.Where.Add(Query.GT("_id", behind));
        return [.. ReadAll(OutboxCollection, query).Select(static document => (document["_id"].AsInt64, new OutboxMessage(
            document["id"].AsString,
            document["workspace"].AsString,
            document["log"].AsString,
            document["event"].AsString,
            document["url"].AsString,
            document.Time("created"))))];
    }

    /// <summary>On the writer's thread: the number for the next row.</summary>
    public int TakeRow() => _nextRow++;

    /// <summary>What is kept of a log; the revisions of its rules are saved where they are new.</summary>
    public async ValueTask<byte[]> WriteBodyAsync(Log log, CancellationToken cancellationToken)
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

        return LogBody.Write(log, Projects.NumberOf(log.ProjectId), Tables.Revisions.NumberOf);
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

    /// <summary>On the writer's thread: adds the messages of a row.</summary>
    public void WriteMessages(LiteEngine engine, int row, IReadOnlyList<OutboxMessage> messages)
    {
        foreach (OutboxMessage message in messages)
        {
            var document = new BsonDocument
            {
                ["_id"] = ++_lastMessage,
                ["row"] = row,
                ["id"] = message.Id,
                ["workspace"] = message.WorkspaceId,
                ["log"] = message.LogId,
                ["event"] = message.Event,
                ["url"] = message.Url,
                ["created"] = message.CreatedAt.ToUnixTimeMilliseconds(),
            };
            engine.Insert(OutboxCollection, [document], BsonAutoId.Int64);
            NoteMessage(row, _lastMessage);
        }
    }

    /// <summary>On the writer's thread: removes the messages of a row.</summary>
    public void DeleteMessages(LiteEngine engine, int row)
    {
        if (_messagesOfRow.Remove(row, out List<long>? messages))
            engine.Delete(OutboxCollection, messages.Select(static message => new BsonValue(message)));
    }

    /// <summary>On the writer's thread: saves a row's new state, where its segment is saved already.</summary>
    public void WriteState(LiteEngine engine, int row, byte state)
    {
        if (row >= _sealedRows)
            return;
        int segment = row / SegmentDocument.Rows;
        if (!_groupStates.TryGetValue(segment, out byte[]? states))
            _groupStates[segment] = states = Columns.States.Save(segment * SegmentDocument.Rows, SegmentDocument.Rows);
        states[row % SegmentDocument.Rows] = state;
        engine.Upsert(SegmentDocument.StateCollection, [new BsonDocument { ["_id"] = segment, ["states"] = states }], BsonAutoId.Int32);
    }

    /// <summary>Finishes what was accepted, and closes the files.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        if (!_writer.HasFailed)
            Checkpoint();
        CloseFiles(engineToo: !_writer.HasFailed);
        Publishing.Dispose();
    }

    private List<BsonDocument> ReadAll(string collection, Query query)
    {
        try
        {
            return [.. Read(collection, query)];
        }
        catch (Exception exception) when (exception is LiteException or IOException or ObjectDisposedException)
        {
            throw new StoreUnavailableException($"The database cannot be read: {exception.Message}", exception);
        }
    }

    private IEnumerable<BsonDocument> Read(string collection, Query query)
    {
        using IBsonDataReader reader = _engine.Query(collection, query);
        while (reader.Read())
            yield return reader.Current.AsDocument;
    }

    private Log ToLog(LogBody body) => body.ToLog(number => Projects[number], number => Tables.Revisions[number]);

    private void CheckVersion()
    {
        int version = _engine.Pragma("USER_VERSION").AsInt32;
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
        try
        {
            return LoadColumns();
        }
        catch (Exception exception) when (exception is LiteException or IOException or InvalidDataException)
        {
            throw new StoreUnavailableException($"The logs cannot be read: {exception.Message}", exception);
        }
    }

    // One query a segment, and one for every so many logs of the rest: LiteDB keeps each page that a query has read in memory until the
    // query ends, and never gives the memory back.
    private LogColumns LoadColumns()
    {
        var columns = new LogColumns();
        int last = LastRow();
        LoadSegments(columns);
        _sealedRows = columns.Count;
        _sealedTexts = SegmentDocument.TextCounts.Of(columns);

        while (columns.Count <= last)
        {
            int start = columns.Count;
            foreach (BsonDocument document in ReadById(LogDocument.Collection, start, TailStep))
                AddRow(columns, document);
            while (columns.Count < Math.Min(start + TailStep, last + 1))
                columns.AddGap();
        }

        _nextRow = columns.Count;
        columns.Keys.Index(row => (columns.States[row] & RowState.Deleted) != 0);
        foreach (BsonDocument message in Read(OutboxCollection, new Query()))
        {
            _lastMessage = message["_id"].AsInt64;
            NoteMessage(message["row"].AsInt32, _lastMessage);
        }

        // What was read to fill the columns is garbage by now, as large as they are. Nobody has to wait for it to be given back.
        if (columns.Count > 8 * SegmentDocument.Rows)
            ThreadPool.QueueUserWorkItem(static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        return columns;
    }

    // The next segment is read while the columns of this one are filled.
    private void LoadSegments(LogColumns columns)
    {
        Task<(BsonDocument Columns, byte[] States)?> next = Task.Run(() => ReadSegment(0));
        for (int segment = 1; next.GetAwaiter().GetResult() is var (document, states); segment++)
        {
            int following = segment;
            next = Task.Run(() => ReadSegment(following));
            SegmentDocument.Load(columns, document, states);
        }
    }

    private (BsonDocument Columns, byte[] States)? ReadSegment(int segment) =>
        ReadById(SegmentDocument.Collection, segment, 1) is [var columns]
            ? (columns, ReadById(SegmentDocument.StateCollection, segment, 1)[0]["states"].AsBinary)
            : null;

    private void AddRow(LogColumns columns, BsonDocument document)
    {
        while (columns.Count < LogDocument.RowOf(document))
            columns.AddGap();
        LogBody body = LogDocument.BodyOf(document);
        columns.Add(ToLog(body), WorkspaceNumber(body.Workspace), body.Project);
    }

    private int LastRow()
    {
        var query = new Query { Order = Query.Descending, OrderBy = "_id", Limit = 1 };
        return Read(LogDocument.Collection, query).Select(LogDocument.RowOf).FirstOrDefault(-1);
    }

    private List<BsonDocument> ReadById(string collection, int from, int count)
    {
        var query = new Query();
        query.Where.Add(count == 1 ? Query.EQ("_id", from) : Query.Between("_id", from, from + count - 1));
        return [.. Read(collection, query)];
    }

    private void NoteMessage(int row, long message)
    {
        if (!_messagesOfRow.TryGetValue(row, out List<long>? messages))
            _messagesOfRow[row] = messages = [];
        messages.Add(message);
    }

    private void Commit()
    {
        long before = _logFile.Commits;
        _engine.Commit();
        _logFile.WaitForCommit(before);
    }

    private void AfterGroup(LiteEngine engine)
    {
        _groupStates.Clear();
        while (Columns.Count - _sealedRows >= SegmentDocument.Rows)
        {
            int segment = _sealedRows / SegmentDocument.Rows;
            engine.BeginTrans();
            engine.Insert(SegmentDocument.Collection, [SegmentDocument.Write(Columns, segment, _sealedTexts)], BsonAutoId.Int32);
            engine.Insert(SegmentDocument.StateCollection, [SegmentDocument.WriteStates(Columns, segment)], BsonAutoId.Int32);
            Commit();
            _sealedRows += SegmentDocument.Rows;
            _sealedTexts = SegmentDocument.TextCounts.Of(Columns);
        }
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
