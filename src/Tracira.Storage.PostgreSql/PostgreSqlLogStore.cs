using System.Runtime.CompilerServices;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlLogStore(
    Database database, WorkspaceNumbers numbers, RuleRevisions revisions, Writer writer, LogPages pages, Partitions partitions, short shard) : ILogStore
{
    private const int ReadAtOnce = 100;

    private const string Find = $"""
        select {LogRow.Columns} from log_ids i
        join logs l on l.workspace = i.workspace and l.at = i.at and l.id = i.id
        join projects p on p.number = l.project
        where i.workspace = $1 and i.id = $2
        """;

    private const string Last = "select coalesce(max(accepted), 0) from logs where workspace = $1";

    private const string FindProject = "select number from projects where workspace = $1 and id = $2 and merged_into is null";

    private const string Pending = """
        select l.accepted, w.id, l.id from logs l join workspaces w on w.number = l.workspace
        where l.status = 0 and l.accepted > $1 order by l.accepted limit 1000
        """;

    public async ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        (await AppendManyAsync([new LogWrite(log, messages)], cancellationToken).ConfigureAwait(false))[0];

    public async ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default)
    {
        if (writes.Count == 0)
            return [];
        int workspace = await numbers.TakeAsync(writes[0].Log.WorkspaceId, cancellationToken).ConfigureAwait(false);
        await revisions.EnsureAsync(workspace, writes.SelectMany(static write => write.Log.AppliedRules.Select(static applied => applied.Rule))).ConfigureAwait(false);
        var command = new AppendCommand(
            workspace,
            [.. writes.Select(write => new AppendCommand.Item(write, LogBody.Write(write.Log, 0, rule => revisions.NumberOf(workspace, rule))))]);
        await writer.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return command.Answers;
    }

    public async ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        (await ChangeAsync(log.WorkspaceId, [log.Id], pending => pending.Status != LogStatus.Pending ? null : new LogWrite(
            pending with
            {
                Status = log.Status,
                ConfidenceScore = log.ConfidenceScore,
                Explanation = log.Explanation,
                AppliedRules = log.AppliedRules,
            },
            messages), cancellationToken).ConfigureAwait(false))[0].Changed;

    public async ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0 || await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return new LogChange[ids.Count];
        var command = new ChangeCommand(workspace, ids, change);
        await writer.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return command.Answers;
    }

    public async ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return null;
        List<ReadLog> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                Find, static reader => LogRow.Read(reader, 0), cancellationToken, Sql.Int(workspace), Sql.Text(StoredText.Write(id))),
            cancellationToken).ConfigureAwait(false);
        return (await ReadLog.ToLogsAsync(found, revisions, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
    }

    public ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default) => pages.ListAsync(query, cancellationToken);

    public async IAsyncEnumerable<Log> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(query.WorkspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            yield break;
        var conditions = new LogConditions(workspace, query);
        string sql = $"""
            select {LogRow.Columns}, l.accepted from logs l join projects p on p.number = l.project
            where {conditions.Where} and l.accepted > {conditions.Further(0)} and l.accepted <= {conditions.Further(1)}
            order by l.accepted limit {conditions.Further(2)}
            """;
        long last = await NumberAsync(Last, workspace, cancellationToken).ConfigureAwait(false);
        long read = 0;
        while (true)
        {
            long behind = read;
            List<(ReadLog Log, long Accepted)> rows = await database.ReadAsync(
                connection => connection.ReadAsync(
                    sql,
                    static reader => (LogRow.Read(reader, 0), reader.GetInt64(6)),
                    cancellationToken,
                    conditions.Parameters(Sql.Long(behind), Sql.Long(last), Sql.Int(ReadAtOnce))),
                cancellationToken).ConfigureAwait(false);
            foreach (Log log in await ReadLog.ToLogsAsync([.. rows.Select(static row => row.Log)], revisions, cancellationToken).ConfigureAwait(false))
                yield return log;
            if (rows.Count < ReadAtOnce)
                yield break;
            read = rows[^1].Accepted;
        }
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        (await DeleteManyAsync(workspaceId, [id], cancellationToken).ConfigureAwait(false)).Count > 0;

    public async ValueTask<IReadOnlyList<string>> DeleteManyAsync(
        string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0 || await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return [];
        var command = new DeleteCommand(workspace, ids);
        await writer.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return command.Answer;
    }

    public async ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return [];
        long bound = Moments.Bound(before);
        List<string> removed = await database.WriteAsync(
            connection => DeleteOlderAsync(connection, workspace, projectId, bound, limit), cancellationToken).ConfigureAwait(false);
        if (removed.Count > 0 && removed.Count < limit)
            await partitions.DropEmptyAsync(bound, cancellationToken).ConfigureAwait(false);
        return removed;
    }

    public async IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long read = 0;
        while (true)
        {
            long behind = read;
            List<(long Accepted, string Workspace, string Id)> rows = await database.ReadAsync(
                connection => connection.ReadAsync(
                    Pending,
                    static reader => (reader.GetInt64(0), reader.GetString(1), reader.GetString(2)),
                    cancellationToken,
                    Sql.Long(behind)),
                cancellationToken).ConfigureAwait(false);
            foreach ((long accepted, string workspace, string id) in rows)
            {
                yield return (workspace, id);
                read = accepted;
            }

            if (rows.Count == 0)
                yield break;
        }
    }

    public ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        Counters.LogsAsync(database, numbers, workspaceId, cancellationToken);

    public ValueTask<IReadOnlyList<RuleCounter>> CountRulesAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        Counters.RulesAsync(database, numbers, workspaceId, first, last, cancellationToken);

    public ValueTask<IReadOnlyList<ModelCounter>> CountModelsAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        Counters.ModelsAsync(database, numbers, workspaceId, first, last, cancellationToken);

    private async ValueTask<long> NumberAsync(string sql, int workspace, CancellationToken cancellationToken) => (await database.ReadAsync(
        connection => connection.ReadAsync(sql, static reader => reader.GetInt64(0), cancellationToken, Sql.Int(workspace)),
        cancellationToken).ConfigureAwait(false))[0];

    private async Task<(bool Commit, List<string> Removed)> DeleteOlderAsync(
        NpgsqlConnection connection, int workspace, string? projectId, long before, int limit)
    {
        int? project = null;
        if (projectId is not null)
        {
            List<int> found = await connection.ReadAsync(
                FindProject, static reader => reader.GetInt32(0), CancellationToken.None, Sql.Int(workspace), Sql.Text(projectId)).ConfigureAwait(false);
            if (found.Count == 0)
                return (false, []);
            project = found[0];
        }

        var counters = new CounterChanges(shard);
        List<string> removed = await LogDeleting.DeleteOlderAsync(connection, workspace, before, project, limit, counters).ConfigureAwait(false);
        await counters.SaveAsync(connection).ConfigureAwait(false);
        return (removed.Count > 0, removed);
    }
}
