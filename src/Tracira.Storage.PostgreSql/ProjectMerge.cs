using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Moves all that is in a project to another.</summary>
internal sealed class ProjectMerge(Database database, RuleRevisions revisions)
{
    private const string Lock = """
        select number, id, name from projects where workspace = $1 and id in ($2, $3) and merged_into is null order by number for update
        """;

    // Of the project's tasks, also of those that only logs name, what the other does not have.
    private const string FindTasks = """
        select t.name_key, t.name from (
            select name_key, name from tasks where project = $1
            union
            select task_key, max(task) from log_counters where project = $1 and task_key <> '' group by task_key having sum(logs) <> 0) t
        where not exists (select from tasks o where o.project = $2 and o.name_key = t.name_key)
        """;

    private const string AddTask = """
        insert into tasks (project, name_key, id, name, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing
        """;

    // $1: the workspace, $2: from, $3: into.
    private static readonly string[] Move =
    [
        """
        update logs l set project = $3, task = (select t.name from tasks t where t.project = $3 and t.name_key = l.task_key)
        where l.workspace = $1 and l.project = $2
        """,
        """
        insert into log_counters as c (workspace, project, task_key, status, decision, day, shard, task, logs)
        select m.workspace, $3, m.task_key, m.status, m.decision, m.day, m.shard,
            (select t.name from tasks t where t.project = $3 and t.name_key = m.task_key), m.logs
        from log_counters m where m.workspace = $1 and m.project = $2
        order by m.day, m.status, m.decision, m.task_key
        on conflict (workspace, project, task_key, status, decision, day, shard) do update set logs = c.logs + excluded.logs
        """,
        """
        insert into model_counters as c
            (workspace, project, day, others, model_key, shard, since, model, logs, timed, latency_ms, priced, cost_usd, latencies)
        select m.workspace, $3, m.day, m.others, m.model_key, m.shard, m.since, m.model, m.logs, m.timed, m.latency_ms, m.priced, m.cost_usd, m.latencies
        from model_counters m where m.workspace = $1 and m.project = $2
        order by m.day, m.others, m.model_key
        on conflict (workspace, project, day, others, model_key, shard) do update set
            since = least(c.since, excluded.since),
            model = case when excluded.since < c.since then excluded.model else c.model end,
            logs = c.logs + excluded.logs,
            timed = c.timed + excluded.timed,
            latency_ms = c.latency_ms + excluded.latency_ms,
            priced = c.priced + excluded.priced,
            cost_usd = c.cost_usd + excluded.cost_usd,
            latencies = (select array_agg(b.here + b.there order by b.place) from unnest(c.latencies, excluded.latencies) with ordinality b (here, there, place))
        """,
        """
        insert into rule_counters as c (workspace, project, day, others, rule_id, decision, shard, logs)
        select m.workspace, $3, m.day, m.others, m.rule_id, m.decision, m.shard, m.logs
        from rule_counters m where m.workspace = $1 and m.project = $2
        order by m.day, m.others, m.decision, m.rule_id
        on conflict (workspace, project, day, others, rule_id, decision, shard) do update set logs = c.logs + excluded.logs
        """,
        "delete from log_counters where workspace = $1 and project = $2 and project <> $3",
        "delete from model_counters where workspace = $1 and project = $2 and project <> $3",
        "delete from rule_counters where workspace = $1 and project = $2 and project <> $3",
        "delete from tasks t using projects p where p.number = t.project and p.workspace = $1 and t.project = $2 and t.project <> $3",
        "update projects set merged_into = $3 where workspace = $1 and (number = $2 or merged_into = $2)",
    ];

    private const string FindRules = """
        select v.rule from rules r join rule_revisions v on v.number = r.revision_number
        where r.workspace = $1 and r.project_id = $2 order by r.position for update of r
        """;

    /// <summary>Merges a project into another.</summary>
    /// <returns>False where either is missing.</returns>
    public ValueTask<bool> RunAsync(int workspace, string projectId, string intoId, CancellationToken cancellationToken) => database.WriteAsync(
        async connection =>
        {
            List<(int Number, string Id, string Name)> found = await connection.ReadAsync(
                Lock,
                static reader => (reader.GetInt32(0), reader.GetString(1), reader.Text(2)),
                CancellationToken.None,
                Sql.Int(workspace),
                Sql.Text(projectId),
                Sql.Text(intoId)).ConfigureAwait(false);
            if (found.Count < 2)
                return (false, false);
            (int from, _, _) = found.First(project => project.Id == projectId);
            (int into, _, string name) = found.First(project => project.Id == intoId);
            await MoveTasksAsync(connection, from, into).ConfigureAwait(false);
            foreach (string sql in Move)
                await connection.RunAsync(sql, CancellationToken.None, Sql.Int(workspace), Sql.Int(from), Sql.Int(into)).ConfigureAwait(false);
            await MoveRulesAsync(connection, workspace, projectId, new Project(intoId, name, default)).ConfigureAwait(false);
            return (true, true);
        },
        cancellationToken);

    private static async Task MoveTasksAsync(NpgsqlConnection connection, int from, int into)
    {
        List<(string Key, string Name)> tasks = await connection.ReadAsync(
            FindTasks, static reader => (reader.GetString(0), reader.GetString(1)), CancellationToken.None, Sql.Int(from), Sql.Int(into)).ConfigureAwait(false);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach ((string key, string name) in tasks)
        {
            await connection.RunAsync(
                AddTask,
                CancellationToken.None,
                Sql.Int(into),
                Sql.Text(key),
                Sql.Text(Guid.CreateVersion7(now).ToString()),
                Sql.Text(name),
                Sql.Long(Moments.Write(now))).ConfigureAwait(false);
        }
    }

    private async Task MoveRulesAsync(NpgsqlConnection connection, int workspace, string projectId, Project into)
    {
        List<Rule> rules = await connection.ReadAsync(
            FindRules, static reader => RuleRevisions.Read(reader.GetString(0)), CancellationToken.None, Sql.Int(workspace), Sql.Text(projectId)).ConfigureAwait(false);
        foreach (Rule rule in rules)
        {
            Rule moved = rule with { ProjectId = into.Id, ProjectName = into.Name, Revision = rule.Revision + 1 };
            await revisions.EnsureAsync(workspace, [moved]).ConfigureAwait(false);
            await PostgreSqlRuleStore.SaveAsync(connection, workspace, moved, revisions.NumberOf(workspace, moved)).ConfigureAwait(false);
        }
    }
}
