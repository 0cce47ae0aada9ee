using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>What the counters say, all nodes' parts of them added up.</summary>
internal static class Counters
{
    private const string Logs = """
        select p.id, max(c.task), c.status, c.decision, c.day, sum(c.logs)::bigint
        from log_counters c join projects p on p.number = c.project
        where c.workspace = $1 group by p.id, c.task_key, c.status, c.decision, c.day having sum(c.logs) <> 0
        """;

    private const string Rules = """
        select p.id, c.others, c.rule_id, c.day, c.decision, sum(c.logs)::bigint,
            (select v.rule from rule_revisions v where v.workspace = $1 and v.rule_id = c.rule_id order by v.revision desc, v.number desc limit 1)
        from rule_counters c join projects p on p.number = c.project
        where c.workspace = $1 and c.day between $2 and $3 group by p.id, c.others, c.rule_id, c.day, c.decision having sum(c.logs) <> 0
        """;

    private const string Models = """
        select p.id, c.others, (array_agg(c.model order by c.since))[1], c.day, sum(c.logs)::bigint, sum(c.timed)::bigint, sum(c.latency_ms),
            sum(c.priced)::bigint, sum(c.cost_usd), string_to_array(string_agg(array_to_string(c.latencies, ','), ','), ',')::int[]
        from model_counters c join projects p on p.number = c.project
        where c.workspace = $1 and c.day between $2 and $3 group by p.id, c.others, c.model_key, c.day having sum(c.logs) <> 0
        """;

    public static ValueTask<IReadOnlyList<LogCounter>> LogsAsync(
        Database database, WorkspaceNumbers numbers, string workspaceId, CancellationToken cancellationToken) =>
        ReadAsync(
            database,
            numbers,
            workspaceId,
            Logs,
            static reader => new LogCounter(
                reader.GetString(0),
                reader.TextOrNull(1),
                (LogStatus)reader.GetInt16(2),
                DateOnly.FromDayNumber(reader.GetInt32(4)),
                reader.GetInt64(5))
            {
                Decision = DecisionOf(reader.GetInt16(3)),
            },
            cancellationToken);

    public static ValueTask<IReadOnlyList<RuleCounter>> RulesAsync(
        Database database, WorkspaceNumbers numbers, string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        ReadAsync(
            database,
            numbers,
            workspaceId,
            Rules,
            static reader => new RuleCounter(
                reader.GetString(0),
                reader.GetBoolean(1) ? null : reader.Text(2),
                DateOnly.FromDayNumber(reader.GetInt32(3)),
                DecisionOf(reader.GetInt16(4)),
                reader.GetInt64(5))
            {
                RuleName = reader.GetBoolean(1) || reader.IsDBNull(6) ? "" : RuleRevisions.Read(reader.GetString(6)).Name,
            },
            cancellationToken,
            Sql.Int(first.DayNumber),
            Sql.Int(last.DayNumber));

    public static ValueTask<IReadOnlyList<ModelCounter>> ModelsAsync(
        Database database, WorkspaceNumbers numbers, string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        ReadAsync(
            database,
            numbers,
            workspaceId,
            Models,
            static reader => new ModelCounter(
                reader.GetString(0), reader.TextOrNull(2), reader.GetBoolean(1), DateOnly.FromDayNumber(reader.GetInt32(3)), ReadTally(reader, 4)),
            cancellationToken,
            Sql.Int(first.DayNumber),
            Sql.Int(last.DayNumber));

    private static DecisionKind? DecisionOf(short number) => number == LogCount.NoDecision ? null : (DecisionKind)number;

    private static ModelTally ReadTally(NpgsqlDataReader reader, int first)
    {
        int[] latencies = new int[ModelTally.LatencyBuckets];
        int[] flat = reader.GetFieldValue<int[]>(first + 5);
        for (int i = 0; i < flat.Length; i++)
            latencies[i % latencies.Length] += flat[i];
        return ModelTally.Of(
            reader.GetInt64(first), reader.GetInt64(first + 1), reader.GetDecimal(first + 2), reader.GetInt64(first + 3), reader.GetDecimal(first + 4), latencies);
    }

    private static async ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        Database database,
        WorkspaceNumbers numbers,
        string workspaceId,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] days) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? [] : await database.ReadAsync(
            connection => connection.ReadAsync(sql, read, cancellationToken, [Sql.Int(workspace), .. days]), cancellationToken).ConfigureAwait(false);
}
