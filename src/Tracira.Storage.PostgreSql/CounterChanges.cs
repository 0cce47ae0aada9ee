using System.Runtime.InteropServices;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>What some writes do to the counters, added up, so that each counter is touched once a transaction and always in the same order.</summary>
/// <param name="shard">This node's part of the counters.</param>
internal sealed class CounterChanges(short shard)
{
    private const string SaveLogs = """
        insert into log_counters as c (workspace, project, task_key, status, decision, day, shard, task, logs)
        select k.workspace, k.project, k.task_key, k.status, k.decision, k.day, $9, k.task, k.logs
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) k (workspace, project, task_key, status, decision, day, task, logs)
        on conflict (workspace, project, task_key, status, decision, day, shard) do update set logs = c.logs + excluded.logs, task = excluded.task
        """;

    private const string SaveModels = """
        insert into model_counters as c
            (workspace, project, day, others, model_key, shard, model, logs, timed, latency_ms, priced, cost_usd, latencies)
        select k.workspace, k.project, k.day, k.others, k.model_key, $12, k.model, k.logs, k.timed, k.latency_ms, k.priced, k.cost_usd,
            $13[(k.place - 1) * $14 + 1 : k.place * $14]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            with ordinality k (workspace, project, day, others, model_key, model, logs, timed, latency_ms, priced, cost_usd, place)
        on conflict (workspace, project, day, others, model_key, shard) do update set
            logs = c.logs + excluded.logs,
            timed = c.timed + excluded.timed,
            latency_ms = c.latency_ms + excluded.latency_ms,
            priced = c.priced + excluded.priced,
            cost_usd = c.cost_usd + excluded.cost_usd,
            latencies = (select array_agg(b.was + b.change order by b.place) from unnest(c.latencies, excluded.latencies) with ordinality b (was, change, place))
        """;

    private const string SaveRules = """
        insert into rule_counters as c (workspace, project, day, others, rule_id, decision, shard, logs)
        select k.workspace, k.project, k.day, k.others, k.rule_id, k.decision, $8, k.logs
        from unnest($1, $2, $3, $4, $5, $6, $7) k (workspace, project, day, others, rule_id, decision, logs)
        on conflict (workspace, project, day, others, rule_id, decision, shard) do update set logs = c.logs + excluded.logs
        """;

    private readonly Dictionary<LogKey, (string? Task, long Logs)> _logs = [];
    private readonly Dictionary<ModelKey, ModelChange> _models = [];
    private readonly Dictionary<RuleKey, long> _rules = [];

    /// <summary>Counts a log in or out.</summary>
    /// <param name="log">The log.</param>
    /// <param name="by">1 or -1.</param>
    public void Count(LogCount log, int by)
    {
        CountState(log, by);
        var key = new ModelKey(log.Workspace, log.Project, log.Day, log.IsOtherModel, log.IsOtherModel ? "" : StoredText.Fold(log.Model) ?? "");
        if (!_models.TryGetValue(key, out ModelChange? change))
            _models.Add(key, change = new ModelChange { Model = log.IsOtherModel ? null : log.Model });
        change.Tally.Count(log.LatencyMs, log.CostUsd, by);
    }

    /// <summary>Counts a log in or out where its model does not matter, as that stays.</summary>
    public void CountState(LogCount log, int by)
    {
        var key = new LogKey(log.Workspace, log.Project, StoredText.Fold(log.Task) ?? "", (short)log.Status, log.Decision, log.Day);
        ref (string? Task, long Logs) logs = ref CollectionsMarshal.GetValueRefOrAddDefault(_logs, key, out _);
        logs = (log.Task, logs.Logs + by);
        foreach (string? rule in log.Rules)
        {
            var ruleKey = new RuleKey(log.Workspace, log.Project, log.Day, rule is null, rule ?? "", log.Decision);
            CollectionsMarshal.GetValueRefOrAddDefault(_rules, ruleKey, out _) += by;
        }
    }

    /// <summary>Adds the changes to the counters, in the transaction that is open.</summary>
    public async Task SaveAsync(NpgsqlConnection connection)
    {
        if (_logs.Any(static entry => entry.Value.Logs != 0))
            await SaveLogsAsync(connection, [.. _logs.Where(static entry => entry.Value.Logs != 0).OrderBy(static entry => entry.Key)]).ConfigureAwait(false);
        if (_models.Count > 0)
            await SaveModelsAsync(connection, [.. _models.OrderBy(static entry => entry.Key)]).ConfigureAwait(false);
        if (_rules.Any(static entry => entry.Value != 0))
            await SaveRulesAsync(connection, [.. _rules.Where(static entry => entry.Value != 0).OrderBy(static entry => entry.Key)]).ConfigureAwait(false);
    }

    private Task<int> SaveLogsAsync(NpgsqlConnection connection, KeyValuePair<LogKey, (string? Task, long Logs)>[] changes) => connection.RunAsync(
        SaveLogs,
        CancellationToken.None,
        Sql.Ints(changes.Select(static change => change.Key.Workspace)),
        Sql.Ints(changes.Select(static change => change.Key.Project)),
        Sql.Texts(changes.Select(static change => change.Key.TaskKey)),
        Sql.Shorts(changes.Select(static change => change.Key.Status)),
        Sql.Shorts(changes.Select(static change => change.Key.Decision)),
        Sql.Ints(changes.Select(static change => change.Key.Day)),
        Sql.Texts(changes.Select(static change => StoredText.Write(change.Value.Task))),
        Sql.Longs(changes.Select(static change => change.Value.Logs)),
        Sql.Short(shard));

    private Task<int> SaveModelsAsync(NpgsqlConnection connection, KeyValuePair<ModelKey, ModelChange>[] changes)
    {
        int[] latencies = new int[changes.Length * ModelTally.LatencyBuckets];
        for (int i = 0; i < changes.Length; i++)
            changes[i].Value.Tally.CopyLatenciesTo(latencies.AsSpan(i * ModelTally.LatencyBuckets));
        return connection.RunAsync(
            SaveModels,
            CancellationToken.None,
            Sql.Ints(changes.Select(static change => change.Key.Workspace)),
            Sql.Ints(changes.Select(static change => change.Key.Project)),
            Sql.Ints(changes.Select(static change => change.Key.Day)),
            Sql.Flags(changes.Select(static change => change.Key.IsOthers)),
            Sql.Texts(changes.Select(static change => change.Key.Model)),
            Sql.Texts(changes.Select(static change => StoredText.Write(change.Value.Model))),
            Sql.Longs(changes.Select(static change => change.Value.Tally.Logs)),
            Sql.Longs(changes.Select(static change => change.Value.Tally.Timed)),
            Sql.Decimals(changes.Select(static change => change.Value.Tally.LatencyMs)),
            Sql.Longs(changes.Select(static change => change.Value.Tally.Priced)),
            Sql.Decimals(changes.Select(static change => change.Value.Tally.CostUsd)),
            Sql.Short(shard),
            Sql.Ints(latencies),
            Sql.Int(ModelTally.LatencyBuckets));
    }

    private Task<int> SaveRulesAsync(NpgsqlConnection connection, KeyValuePair<RuleKey, long>[] changes) => connection.RunAsync(
        SaveRules,
        CancellationToken.None,
        Sql.Ints(changes.Select(static change => change.Key.Workspace)),
        Sql.Ints(changes.Select(static change => change.Key.Project)),
        Sql.Ints(changes.Select(static change => change.Key.Day)),
        Sql.Flags(changes.Select(static change => change.Key.IsOthers)),
        Sql.Texts(changes.Select(static change => change.Key.Rule)),
        Sql.Shorts(changes.Select(static change => change.Key.Decision)),
        Sql.Longs(changes.Select(static change => change.Value)),
        Sql.Short(shard));

    private sealed class ModelChange
    {
        public ModelTally Tally;

        public string? Model { get; init; }
    }

    private readonly record struct LogKey(int Workspace, int Project, string TaskKey, short Status, short Decision, int Day) : IComparable<LogKey>
    {
        public int CompareTo(LogKey other) => Comparer<(int, int, int, short, short)>.Default.Compare(
            (Workspace, Project, Day, Status, Decision), (other.Workspace, other.Project, other.Day, other.Status, other.Decision)) is not 0 and { } order
            ? order
            : string.CompareOrdinal(TaskKey, other.TaskKey);
    }

    private readonly record struct ModelKey(int Workspace, int Project, int Day, bool IsOthers, string Model) : IComparable<ModelKey>
    {
        public int CompareTo(ModelKey other) => Comparer<(int, int, int, bool)>.Default.Compare(
            (Workspace, Project, Day, IsOthers), (other.Workspace, other.Project, other.Day, other.IsOthers)) is not 0 and { } order
            ? order
            : string.CompareOrdinal(Model, other.Model);
    }

    private readonly record struct RuleKey(int Workspace, int Project, int Day, bool IsOthers, string Rule, short Decision) : IComparable<RuleKey>
    {
        public int CompareTo(RuleKey other) => Comparer<(int, int, int, bool, short)>.Default.Compare(
            (Workspace, Project, Day, IsOthers, Decision), (other.Workspace, other.Project, other.Day, other.IsOthers, other.Decision)) is not 0 and { } order
            ? order
            : string.CompareOrdinal(Rule, other.Rule);
    }
}
