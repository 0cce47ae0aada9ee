using System.Buffers;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Adds logs of one workspace.</summary>
/// <param name="database">Where to.</param>
/// <param name="logs">Each of them as it is kept.</param>
internal sealed class AppendCommand(Database database, AppendCommand.Item[] logs) : WriteCommand<Log?[]>
{
    private readonly int _workspace = database.WorkspaceNumber(logs[0].Log.WorkspaceId);
    private readonly List<Item> _added = new(logs.Length);

    /// <summary>A log, what is kept of it and its output, the numbers of its project and of the rules that flagged it, and its messages.</summary>
    public readonly record struct Item(Log Log, byte[] Body, ulong[] Signature, int Project, int[] Rules, IReadOnlyList<OutboxMessage> Messages);

    public override bool Claim(HashSet<object> claimed) => logs.Length == 1
        ? claimed.Add((logs[0].Log.WorkspaceId, logs[0].Log.Id))
        : Claims.Add(claimed, logs[0].Log.WorkspaceId, logs.Select(static item => item.Log.Id));

    public override bool Write(LiteEngine engine)
    {
        foreach (Item item in logs)
        {
            if (!database.Projects.IsGone(item.Project))
                continue;
            Refusal = new ProjectGoneException(item.Log.ProjectId);
            return false;
        }

        var answers = new Log?[logs.Length];
        Dictionary<string, Log>? before = logs.Length > 1 ? [] : null;
        for (int i = 0; i < logs.Length; i++)
        {
            Item item = logs[i];
            answers[i] = before?.GetValueOrDefault(item.Log.Id) ?? Find(item.Log.Id);
            if (answers[i] is not null)
                continue;
            int row = database.TakeRow();
            engine.Insert(LogDocument.Collection, [LogDocument.Write(row, item.Body)], BsonAutoId.Int32);
            database.Outbox.Write(engine, _workspace, row, item.Messages);
            before?.Add(item.Log.Id, item.Log);
            _added.Add(item);
        }

        Answer = answers;
        return _added.Count > 0;
    }

    public override void Publish()
    {
        foreach (Item item in _added)
        {
            database.Hits.Set(database.Columns.Count, item.Rules);
            database.Outputs.Set(database.Columns.Count, item.Signature);
            ArrayPool<ulong>.Shared.Return(item.Signature);
            database.Columns.Add(item.Log, _workspace, database.Projects.Resolve(item.Project), item.Rules);
        }
    }

    private Log? Find(string id)
    {
        int row = database.Columns.Keys.Find(_workspace, id);
        return row < 0 ? null : database.ReadLog(row);
    }
}

/// <summary>Changes logs as their caller says once it sees them.</summary>
internal sealed class ChangeCommand(Database database, string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change)
    : WriteCommand<LogChange[]>
{
    private readonly int _workspace = database.WorkspaceNumber(workspaceId);
    private readonly List<Change> _changes = [];

    // A row, what its log becomes, and the rules that flagged it and flag it then.
    private readonly record struct Change(int Row, LogWrite Write, int[] RulesBefore, int[] Rules);

    public override bool Claim(HashSet<object> claimed) => Claims.Add(claimed, workspaceId, ids);

    public override bool Write(LiteEngine engine)
    {
        try
        {
            Answer = Decide();
        }
        catch (Exception exception)
        {
            Refusal = exception;
            return false;
        }

        for (int i = 0; i < _changes.Count; i++)
            _changes[i] = Write(engine, _changes[i]);
        return _changes.Count > 0;
    }

    public override void Publish()
    {
        foreach (Change change in _changes)
            database.Columns.SetState(change.Row, RowState.Of(change.Write.Log), change.RulesBefore, change.Rules);
    }

    private Change Write(LiteEngine engine, Change change)
    {
        (int row, LogWrite write, int[] rulesBefore, _) = change;
        byte[] body = LogBody.Write(write.Log, database.Columns.Projects[row], rule => database.RevisionNumber(engine, rule));
        engine.Update(LogDocument.Collection, [LogDocument.Write(row, body)]);
        database.Outbox.Write(engine, _workspace, row, write.Messages);
        database.WriteState(row, RowState.Of(write.Log));
        int[] rules = database.Tables.Revisions.ThatFlagged(write.Log);
        if (!rules.AsSpan().SequenceEqual(rulesBefore))
            database.Hits.Set(row, rules);
        return change with { Rules = rules };
    }

    // All of it before anything is written: where the caller's function throws, nothing is changed.
    private LogChange[] Decide()
    {
        int[] rows = [.. ids.Select(id => database.Columns.Keys.Find(_workspace, id))];
        Dictionary<int, Log> logs = database.ReadLogs([.. rows.Where(static row => row >= 0)])
            .ToDictionary(static read => read.Row, static read => read.Log);
        var answers = new LogChange[ids.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            if (!logs.TryGetValue(rows[i], out Log? log))
                continue;
            LogWrite? write = change(log);
            answers[i] = new LogChange(write?.Log ?? log, write is not null);
            if (write is not null)
                _changes.Add(new Change(rows[i], write, database.Tables.Revisions.ThatFlagged(log), []));
        }

        return answers;
    }
}

/// <summary>Removes logs and their messages.</summary>
internal sealed class DeleteCommand(Database database, string workspaceId, IReadOnlyList<string> ids) : WriteCommand<string[]>
{
    private readonly int _workspace = database.WorkspaceNumber(workspaceId);
    private readonly Departure _departure = new(database);

    public override bool Claim(HashSet<object> claimed) => Claims.Add(claimed, workspaceId, ids);

    public override bool Write(LiteEngine engine)
    {
        Dictionary<string, int> found = ids.Distinct()
            .Select(id => (Id: id, Row: database.Columns.Keys.Find(_workspace, id)))
            .Where(static entry => entry.Row >= 0)
            .ToDictionary(static entry => entry.Id, static entry => entry.Row);
        int[] rows = [.. found.Values];
        Answer = [.. found.Keys];
        _departure.Prepare(rows);
        database.DeleteRows(engine, rows);
        return rows.Length > 0;
    }

    public override void Publish() => _departure.Publish();
}

/// <summary>Removes the oldest logs that are dated before a moment and not pending.</summary>
/// <param name="database">Where from.</param>
/// <param name="workspaceId">The workspace they are in.</param>
/// <param name="projectId">The project they are in; null for any.</param>
/// <param name="before">The moment, in milliseconds since 1970.</param>
/// <param name="limit">How many at most.</param>
internal sealed class DeleteOlderCommand(Database database, string workspaceId, string? projectId, long before, int limit) : LargeCommand<string[]>
{
    private readonly int _workspace = database.WorkspaceNumber(workspaceId);
    private readonly Departure _departure = new(database);

    public override bool Write(LiteEngine engine)
    {
        LogColumns columns = database.Columns;
        int project = -1;
        Answer = [];
        if (projectId is not null && !database.Projects.TryFind(_workspace, projectId, out project))
            return false;
        using var matching = new RowSet(columns);
        matching.Keep(columns.Workspaces, (ushort)_workspace);
        matching.Keep(columns.Times, long.MinValue, before, columns.TimesOf);
        if (projectId is not null)
            matching.Keep(columns.Projects, project);
        int[] rows = [.. matching.Rows().Where(row => RowState.StatusOf(columns.States[row]) != LogStatus.Pending).Take(limit)];
        Answer = [.. rows.Select(columns.Keys.IdOf)];
        _departure.Prepare(rows);
        database.DeleteRows(engine, rows);
        return rows.Length > 0;
    }

    public override void Publish() => _departure.Publish();
}

/// <summary>What commands about logs claim: workspace and id of each.</summary>
internal static class Claims
{
    public static bool Add(HashSet<object> claimed, string workspaceId, IEnumerable<string> ids)
    {
        object[] subjects = [.. ids.Select(id => (object)(workspaceId, id))];
        if (Array.Exists(subjects, claimed.Contains))
            return false;
        claimed.UnionWith(subjects);
        return true;
    }
}
