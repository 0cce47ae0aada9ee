using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Pages of logs, each order read from an index of its own, and what can be said of all that match.</summary>
internal sealed class LogPages(Database database, WorkspaceNumbers numbers, RuleRevisions revisions)
{
    // What counters know needs no look at the logs.
    private const string TotalsOfCounters = """
        select coalesce(sum(c.logs), 0), coalesce(sum(c.logs) filter (where c.status in (2, 3)), 0),
            coalesce(sum(c.logs) filter (where c.status in (2, 3) and c.decision = -1), 0), coalesce(sum(c.logs) filter (where c.status = 1), 0)
        from log_counters c
        where c.workspace = $1 and ($2::smallint is null or c.status = $2) and (not $3 or (c.status in (2, 3) and c.decision = -1))
            and ($4::text is null or c.project = (select number from projects where workspace = $1 and name_key = $4 and merged_into is null))
            and ($5::text is null or c.task_key = $5)
        """;

    private const string TotalsOfLogs = """
        select count(*)::numeric, (count(*) filter (where l.status in (2, 3)))::numeric,
            (count(*) filter (where l.status in (2, 3) and l.decision is null))::numeric, (count(*) filter (where l.status = 1))::numeric
        from logs l where
        """;

    private const string Turns = """
        case when l.session_key is null then 0 else
            (select count(*) from logs s where s.workspace = $1 and s.session_key = l.session_key) end
        """;

    public async ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await numbers.FindAsync(query.WorkspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return new LogPage([], 0, 0, 0, 0) { Search = query.OutputText is null ? null : new LogSearch(0, true) };
        var conditions = new LogConditions(workspace, query);
        (int[] totals, LogSearch? search, List<(ReadLog Log, long Turns)> page) = await database.ReadAsync(
            async connection =>
            {
                int[] totals = await CountAsync(connection, workspace, query, cancellationToken).ConfigureAwait(false);
                // The index has searched all outputs that the other conditions leave.
                LogSearch? search = query.OutputText is null ? null
                    : new LogSearch((await CountAsync(connection, workspace, query with { OutputText = null }, cancellationToken).ConfigureAwait(false))[0], true);
                List<(ReadLog, long)> rows = totals[0] <= query.Offset ? [] : await connection.ReadAsync(
                    SqlOf(query, conditions),
                    static reader => (LogRow.Read(reader, 0), reader.GetInt64(6)),
                    cancellationToken,
                    conditions.Parameters(Sql.Int(query.Limit), Sql.Int(query.Offset))).ConfigureAwait(false);
                return (totals, search, rows);
            },
            cancellationToken).ConfigureAwait(false);
        Log[] logs = await ReadLog.ToLogsAsync([.. page.Select(static row => row.Log)], revisions, cancellationToken).ConfigureAwait(false);
        LogListItem[] items = [.. logs.Zip(page, static (log, row) => new LogListItem(log, (int)row.Turns))];
        return new LogPage(items, totals[0], totals[1], totals[2], totals[3]) { Search = search };
    }

    private static async Task<int[]> CountAsync(NpgsqlConnection connection, int workspace, LogQuery query, CancellationToken cancellationToken)
    {
        bool areCounted = query is { SessionId: null, SubjectId: null, ActorId: null, Text: null, OutputText: null, Tags.Count: 0, From: null, To: null };
        var conditions = new LogConditions(workspace, query);
        List<int[]> rows = await connection.ReadAsync(
            areCounted ? TotalsOfCounters : TotalsOfLogs + " " + conditions.Where,
            static reader => new[] { Total(reader, 0), Total(reader, 1), Total(reader, 2), Total(reader, 3) },
            cancellationToken,
            areCounted
                ?
                [
                    Sql.Int(workspace),
                    Sql.Short((short?)query.Status),
                    Sql.Flag(query.AwaitingReview),
                    Sql.Text(StoredText.Fold(query.Project)),
                    Sql.Text(StoredText.Fold(query.Task)),
                ]
                : conditions.Parameters()).ConfigureAwait(false);
        return rows[0];
    }

    private static int Total(NpgsqlDataReader reader, int column) => (int)reader.GetDecimal(column);

    private static string SqlOf(LogQuery query, LogConditions conditions)
    {
        string direction = query.Descending ? "desc" : "asc";
        string nulls = query.Descending ? "desc nulls last" : "asc nulls first";
        string limit = conditions.Further(0);
        string offset = conditions.Further(1);
        string byTime = $"l.at {direction}, l.id {direction}";
        // There are few projects: the first logs of each are read, and of these the first taken.
        if (query.Sort == LogSort.ProjectName)
        {
            return $"""
                select {LogRow.Columns}, {Turns}
                from (select * from projects where workspace = $1 and merged_into is null) p
                cross join lateral (
                    select * from logs l where {conditions.Where} and l.project = p.number order by {byTime} limit {limit} + {offset}) l
                order by p.name_key {direction}, {byTime} limit {limit} offset {offset}
                """;
        }

        string order = query.Sort switch
        {
            LogSort.Model => $"l.model_key {direction}, ",
            LogSort.Status => query.Descending ? "l.status asc, " : "l.status desc, ", // their numbers are in the reverse order of their names
            LogSort.LatencyMs => $"l.latency_ms {nulls}, ",
            LogSort.CostUsd => $"l.cost_usd {nulls}, ",
            _ => "",
        };
        return $"""
            select {LogRow.Columns}, {Turns}
            from (select * from logs l where {conditions.Where} order by {order}{byTime} limit {limit} offset {offset}) l
            join projects p on p.number = l.project
            order by {order}{byTime}
            """;
    }
}
