using System.Runtime.CompilerServices;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBLogStore(Database database, Gate gate) : ILogStore
{
    private LogColumns Columns => database.Columns;

    public async ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        byte[] body = await database.WriteBodyAsync(log, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(new AppendCommand(database, log, body, messages), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<Log> ReadAsync(LogQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> DeleteManyAsync(
        string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public async ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        if (database.Tables.FindWorkspace(log.WorkspaceId) < 0)
            return false;
        byte[] body = await database.WriteBodyAsync(log, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(new CompleteCommand(database, log, body, messages), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return database.Tables.FindWorkspace(workspaceId) >= 0
            && await database.WriteAsync(new DeleteCommand(database, workspaceId, id), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int row = Reading(() => database.Tables.FindWorkspace(workspaceId) is int workspace and >= 0 ? Columns.Keys.Find(workspace, id) : -1);
        return ValueTask.FromResult(row < 0 ? null : database.ReadLog(row));
    }

    public ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        cancellationToken.ThrowIfCancellationRequested();
        int workspace = database.Tables.FindWorkspace(query.WorkspaceId);
        if (workspace < 0)
            return ValueTask.FromResult(new LogPage([], 0, 0, 0, 0));

        (int[] rows, int[] turns, LogPage page) = Reading(() => Select(query, workspace));
        Dictionary<int, int> turnsOfRow = rows.Zip(turns).ToDictionary(static pair => pair.First, static pair => pair.Second);
        LogListItem[] items = [.. database.ReadLogs(rows).Select(read => new LogListItem(read.Log, turnsOfRow[read.Row]))];
        return ValueTask.FromResult(page with { Logs = items });
    }

    public async IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int[] rows = Reading(() =>
        {
            using var pending = new RowSet(Columns);
            pending.Keep(Columns.States, RowState.Of(LogStatus.Pending));
            return pending.Rows().ToArray();
        });
        foreach (int row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (database.ReadLog(row) is { } log)
                yield return (log.WorkspaceId, log.Id);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return ValueTask.FromResult(Reading<IReadOnlyList<LogCounter>>(() => [.. Columns.Counters.Of(workspace).Select(counter => new LogCounter(
            database.Projects[counter.Key.Project].Id,
            counter.Key.Task == 0 ? null : database.Projects.TaskName(counter.Key.Project, Columns.TaskTexts.TextOf(counter.Key.Task).ToString()),
            counter.Key.Status,
            DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(counter.Key.Day)),
            counter.Count))]));
    }

    private (int[] Rows, int[] Turns, LogPage Summary) Select(LogQuery query, int workspace)
    {
        using RowSet matching = LogFilter.Apply(Columns, database.Projects, query, workspace, database.Tables.WorkspaceCount == 1);
        LogTotals totals = LogTotals.Of(Columns, matching);
        int[] rows = new LogOrder(Columns, database.Projects, query).Page(matching, totals.Total);
        int[] turns = [.. rows.Select(row => Columns.TurnsOf(Columns.Sessions[row]))];
        return (rows, turns, new LogPage([], totals.Total, totals.Flagged + totals.Errors, totals.AwaitingReview, totals.Passed));
    }

    private T Reading<T>(Func<T> read)
    {
        database.Publishing.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            database.Publishing.ExitReadLock();
        }
    }
}
