using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Adds logs, each where its project is by now.</summary>
internal sealed class LogAppending(RuleRevisions revisions, Places places, ToldApart models, ToldApart rules)
{
    private const int MaxMoves = 10;

    // Holds on to the projects until the logs are committed: no project is deleted or merged meanwhile.
    private const string HoldProjects = """
        select a.workspace, a.id, p.number, p.id, p.name
        from unnest($1, $2) k (workspace, id)
        join projects a on a.workspace = k.workspace and a.id = k.id
        join projects p on p.number = coalesce(a.merged_into, a.number)
        where p.merged_into is null
        order by p.number for key share of p
        """;

    private const string CountProjects = "select count(*) from unnest($1, $2) k (workspace, id) join projects p on p.workspace = k.workspace and p.id = k.id";

    private const string FindTasks = """
        select t.project, t.name_key, t.name from unnest($1, $2) k (project, name_key)
        join tasks t on t.project = k.project and t.name_key = k.name_key
        """;

    private const string TakeIds = """
        insert into log_ids (workspace, id, at) select * from unnest($1, $2, $3) on conflict do nothing returning workspace, id
        """;

    private const string FindHolders = $"""
        select i.workspace, {LogRow.Columns}
        from unnest($1, $2) k (workspace, id)
        join log_ids i on i.workspace = k.workspace and i.id = k.id
        join logs l on l.workspace = i.workspace and l.at = i.at and l.id = i.id
        join projects p on p.number = l.project
        """;

    /// <summary>Adds the logs of a group.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="commands">What to add.</param>
    /// <param name="counters">What that does to the counters.</param>
    /// <param name="messages">The messages that gives rise to.</param>
    public async Task RunAsync(
        NpgsqlConnection connection, AppendCommand[] commands, CounterChanges counters, List<(int Workspace, OutboxMessage Message)> messages)
    {
        if (commands.Length == 0)
            return;
        Dictionary<(int, string), (int Number, Project Project)> projects = await HoldProjectsAsync(connection, commands).ConfigureAwait(false);
        Appended[] logs = await PlaceAsync(connection, commands, projects).ConfigureAwait(false);
        HashSet<(int, string)> free = await TakeIdsAsync(connection, logs).ConfigureAwait(false);
        List<Appended> added = [];
        Dictionary<(int, string), Log> holders = [];
        foreach (Appended log in logs.Where(log => free.Remove(log.Key)))
        {
            added.Add(log);
            holders[log.Key] = log.Log;
        }

        foreach (Appended log in added)
            log.IsAdded = true;
        await FindHoldersAsync(connection, [.. logs.Select(static log => log.Key).Where(key => !holders.ContainsKey(key)).Distinct()], holders).ConfigureAwait(false);
        foreach (Appended log in logs)
            log.Command.Answers[log.Place] = log.IsAdded ? null : holders[log.Key];
        await AddAsync(connection, added, counters).ConfigureAwait(false);
        messages.AddRange(added.SelectMany(static log => log.Messages.Select(message => (log.Key.Workspace, message))));
    }

    /// <summary>Forgets what is told apart where that has become much: at the beginning of a group.</summary>
    public void Trim()
    {
        models.Trim();
        rules.Trim();
    }

    /// <summary>Forgets what was counted in and not written.</summary>
    public void Forget()
    {
        models.Forget();
        rules.Forget();
    }

    private static async Task<Dictionary<(int Workspace, string Id), (int Number, Project Project)>> HoldProjectsAsync(
        NpgsqlConnection connection, AppendCommand[] commands)
    {
        (int Workspace, string Id)[] wanted =
            [.. commands.SelectMany(static command => command.Items.Select(item => (command.Workspace, item.Write.Log.ProjectId))).Distinct()];
        NpgsqlParameter[] Wanted() => [Sql.Ints(wanted.Select(static project => project.Workspace)), Sql.Texts(wanted.Select(static project => project.Id))];
        for (int move = 0; ; move++)
        {
            var held = (await connection.ReadAsync(
                HoldProjects,
                static reader => (Key: (reader.GetInt32(0), reader.GetString(1)), Number: reader.GetInt32(2), new Project(reader.GetString(3), reader.Text(4), default)),
                CancellationToken.None,
                Wanted()).ConfigureAwait(false)).ToDictionary(static row => row.Key, static row => (row.Number, row.Item3));
            if (held.Count == wanted.Length || move == MaxMoves)
                return held;
            long known = (await connection.ReadAsync(CountProjects, static reader => reader.GetInt64(0), CancellationToken.None, Wanted()).ConfigureAwait(false))[0];
            if (known == held.Count)
                return held; // the others are gone; else one was merged while it was waited for, and the next look finds where to
        }
    }

    private async Task<Appended[]> PlaceAsync(
        NpgsqlConnection connection, AppendCommand[] commands, Dictionary<(int Workspace, string Id), (int Number, Project Project)> projects)
    {
        foreach (AppendCommand command in commands)
        {
            string? gone = command.Items.Select(static item => item.Write.Log.ProjectId).FirstOrDefault(id => !projects.ContainsKey((command.Workspace, id)));
            command.Refusal = gone is null ? null : new ProjectGoneException(gone);
        }

        Appended[] logs =
        [
            .. commands.Where(static command => command.Refusal is null).SelectMany(command => command.Items.Select((item, place) =>
            {
                (int number, Project project) = projects[(command.Workspace, item.Write.Log.ProjectId)];
                return new Appended(command, place, number, project, item);
            })),
        ];
        if (commands.Any(static command => command.Refusal is not null) || logs.Any(static log => log.Log.ProjectName != log.Item.Write.Log.ProjectName))
            places.Forget();
        (int Project, string Task)[] tasks =
            [.. logs.Where(static log => log.Log.TaskName is not null).Select(static log => (log.Project, StoredText.Fold(log.Log.TaskName!))).Distinct()];
        if (tasks.Length == 0)
            return logs;
        Dictionary<(int, string), string> names = (await connection.ReadAsync(
            FindTasks,
            static reader => (Key: (reader.GetInt32(0), reader.GetString(1)), Name: reader.Text(2)),
            CancellationToken.None,
            Sql.Ints(tasks.Select(static task => task.Project)),
            Sql.Texts(tasks.Select(static task => task.Task))).ConfigureAwait(false)).ToDictionary(static row => row.Key, static row => row.Name);
        foreach (Appended log in logs.Where(static log => log.Log.TaskName is not null))
        {
            if (names.TryGetValue((log.Project, StoredText.Fold(log.Log.TaskName!)), out string? name))
                log.Log = log.Log with { TaskName = name };
        }

        return logs;
    }

    // In the order of their keys, as two nodes may want the same ones.
    private static async Task<HashSet<(int Workspace, string Id)>> TakeIdsAsync(NpgsqlConnection connection, Appended[] logs)
    {
        Appended[] ordered =
        [
            .. logs.DistinctBy(static log => log.Key).OrderBy(static log => log.Key.Workspace).ThenBy(static log => log.Key.Id, StringComparer.Ordinal),
        ];
        return [.. await connection.ReadAsync(
            TakeIds,
            static reader => (reader.GetInt32(0), reader.GetString(1)),
            CancellationToken.None,
            Sql.Ints(ordered.Select(static log => log.Key.Workspace)),
            Sql.Texts(ordered.Select(static log => log.Key.Id)),
            Sql.Longs(ordered.Select(static log => Moments.Write(log.Log.Timestamp)))).ConfigureAwait(false)];
    }

    private async Task FindHoldersAsync(NpgsqlConnection connection, (int Workspace, string Id)[] wanted, Dictionary<(int Workspace, string Id), Log> holders)
    {
        if (wanted.Length == 0)
            return;
        List<(int Workspace, ReadLog Read)> found = await connection.ReadAsync(
            FindHolders,
            static reader => (reader.GetInt32(0), LogRow.Read(reader, 1)),
            CancellationToken.None,
            Sql.Ints(wanted.Select(static key => key.Workspace)),
            Sql.Texts(wanted.Select(static key => key.Id))).ConfigureAwait(false);
        if (found.Count < wanted.Length)
            throw new OvertakenException(); // one that held an id is gone again
        Log[] logs = await ReadLog.ToLogsAsync([.. found.Select(static row => row.Read)], revisions, CancellationToken.None).ConfigureAwait(false);
        foreach (((int workspace, _), Log log) in found.Zip(logs))
            holders[(workspace, log.Id)] = log;
    }

    private async Task AddAsync(NpgsqlConnection connection, List<Appended> added, CounterChanges counters)
    {
        if (added.Count == 0)
            return;
        foreach (IGrouping<int, Appended> workspace in added.GroupBy(static log => log.Key.Workspace))
        {
            await models.LoadAsync(connection, workspace.Key, workspace.Select(static log => (log.Project, log.Day, log.ModelKey))).ConfigureAwait(false);
            await rules.LoadAsync(
                connection,
                workspace.Key,
                workspace.SelectMany(static log => LogCount.RulesOf(log.Log).Select(rule => (log.Project, log.Day, rule)))).ConfigureAwait(false);
        }

        (Log Log, byte[] Body, LogCount Count)[] rows = [.. added.Select(log => (log.Log, log.Item.Body, CountOf(log)))];
        foreach ((_, _, LogCount count) in rows)
            counters.Count(count, +1);
        await LogRow.AddAsync(connection, rows).ConfigureAwait(false);
    }

    private LogCount CountOf(Appended log) => new(
        log.Key.Workspace,
        log.Project,
        log.Log.TaskName,
        log.Day,
        log.Log.Status,
        LogCount.DecisionOf(log.Log),
        log.Log.Model,
        !models.Take(log.Project, log.Day, log.ModelKey),
        [.. LogCount.RulesOf(log.Log).Select(rule => rules.Take(log.Project, log.Day, rule) ? rule : null)],
        log.Log.LatencyMs,
        log.Log.CostUsd);

    /// <summary>A log on its way in.</summary>
    private sealed class Appended(AppendCommand command, int place, int project, Project projectNow, AppendCommand.Item item)
    {
        public AppendCommand Command => command;

        public int Place => place;

        public int Project => project;

        public AppendCommand.Item Item => item;

        public (int Workspace, string Id) Key => (command.Workspace, item.Write.Log.Id);

        /// <summary>The log, in the project that it belongs to now.</summary>
        public Log Log { get; set; } = item.Write.Log with { ProjectId = projectNow.Id, ProjectName = projectNow.Name };

        public IReadOnlyList<OutboxMessage> Messages => item.Write.Messages;

        public int Day { get; } = Moments.Day(item.Write.Log.Timestamp);

        public string ModelKey { get; } = StoredText.Fold(item.Write.Log.Model) ?? "";

        public bool IsAdded { get; set; }
    }
}
