using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Changes logs, each as its caller says once nobody else can change it.</summary>
internal sealed class LogChanging(RuleRevisions revisions, ToldApart rules)
{
    private const string Lock = $"""
        select i.id, l.at, {LogRow.Columns}, l.workspace, l.project, l.task, l.at, l.status, l.decision, l.model, l.counted_among_other_models,
            l.counted_rules, l.latency_ms, l.cost_usd
        from unnest($1, $2) k (workspace, id)
        join log_ids i on i.workspace = k.workspace and i.id = k.id
        join logs l on l.workspace = i.workspace and l.at = i.at and l.id = i.id
        join projects p on p.number = l.project
        order by l.accepted for update of l
        """;

    // Lists of rules come as JSON, as an array of arrays must have one length.
    private const string Save = """
        update logs l set status = k.status, decision = k.decision, body = k.body,
            counted_rules = array(select e.rule from jsonb_array_elements_text(k.rules::jsonb) with ordinality e (rule, place) order by e.place)
        from unnest($1, $2, $3, $4, $5, $6, $7) k (workspace, at, id, status, decision, body, rules)
        where l.workspace = k.workspace and l.at = k.at and l.id = k.id
        """;

    /// <summary>Does the changes of a group.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="commands">The changes.</param>
    /// <param name="counters">What that does to the counters.</param>
    /// <param name="messages">The messages that gives rise to.</param>
    public async Task RunAsync(
        NpgsqlConnection connection, ChangeCommand[] commands, CounterChanges counters, List<(int Workspace, OutboxMessage Message)> messages)
    {
        if (commands.Length == 0)
            return;
        Dictionary<(int, string), Found> found = await LockAsync(connection, commands).ConfigureAwait(false);
        List<Changed> changed = [];
        foreach (ChangeCommand command in commands)
            Change(command, found, changed);
        await SaveAsync(connection, changed, counters).ConfigureAwait(false);
        messages.AddRange(changed.SelectMany(static change => change.Write.Messages.Select(message => (change.Was.Count.Workspace, message))));
    }

    private async Task<Dictionary<(int Workspace, string Id), Found>> LockAsync(NpgsqlConnection connection, ChangeCommand[] commands)
    {
        (int Workspace, string Id)[] wanted = [.. commands.SelectMany(static command => command.Ids.Select(id => (command.Workspace, id)))];
        List<(long At, ReadLog Read, LogCount Count)> rows = await connection.ReadAsync(
            Lock,
            static reader => (reader.GetInt64(1), LogRow.Read(reader, 2), LogRow.ReadCount(reader, 8)),
            CancellationToken.None,
            Sql.Ints(wanted.Select(static log => log.Workspace)),
            Sql.Texts(wanted.Select(static log => log.Id))).ConfigureAwait(false);
        Log[] logs = await ReadLog.ToLogsAsync([.. rows.Select(static row => row.Read)], revisions, CancellationToken.None).ConfigureAwait(false);
        return rows.Zip(logs).ToDictionary(
            static row => (row.First.Count.Workspace, row.Second.Id), static row => new Found(row.First.At, row.Second, row.First.Count));
    }

    private static void Change(ChangeCommand command, Dictionary<(int Workspace, string Id), Found> found, List<Changed> changed)
    {
        var answers = new LogChange[command.Ids.Count];
        List<Changed> changes = [];
        try
        {
            for (int i = 0; i < answers.Length; i++)
            {
                if (!found.TryGetValue((command.Workspace, command.Ids[i]), out Found? was))
                    continue;
                LogWrite? write = command.Change(was.Log);
                answers[i] = new LogChange(write?.Log ?? was.Log, write is not null);
                if (write is not null)
                    changes.Add(new Changed(was, write));
            }
        }
        catch (Exception exception)
        {
            command.Refusal = exception; // the caller's own; it gets it back
            return;
        }

        command.Answers = answers;
        changed.AddRange(changes);
    }

    private async Task SaveAsync(NpgsqlConnection connection, List<Changed> changed, CounterChanges counters)
    {
        if (changed.Count == 0)
            return;
        List<(Changed Change, LogCount Count)> rows = [];
        foreach (IGrouping<int, Changed> workspace in changed.GroupBy(static change => change.Was.Count.Workspace))
        {
            await revisions.EnsureAsync(
                workspace.Key, workspace.SelectMany(static change => change.Write.Log.AppliedRules.Select(static applied => applied.Rule))).ConfigureAwait(false);
            await rules.LoadAsync(
                connection,
                workspace.Key,
                workspace.SelectMany(static change => LogCount.RulesOf(change.Write.Log).Select(rule => (change.Was.Count.Project, change.Was.Count.Day, rule))))
                .ConfigureAwait(false);
            rows.AddRange(workspace.Select(change => (change, CountOf(change))));
        }

        foreach ((Changed change, LogCount count) in rows)
        {
            counters.CountState(change.Was.Count, -1);
            counters.CountState(count, +1);
        }

        await connection.RunAsync(
            Save,
            CancellationToken.None,
            Sql.Ints(rows.Select(static row => row.Count.Workspace)),
            Sql.Longs(rows.Select(static row => row.Change.Was.At)),
            Sql.Texts(rows.Select(static row => row.Change.Was.Log.Id)),
            Sql.Shorts(rows.Select(static row => (short)row.Count.Status)),
            Sql.Shorts(rows.Select(static row => LogRow.DecisionOf(row.Change.Write.Log))),
            Sql.ByteArrays(rows.Select(row => LogBody.Write(row.Change.Write.Log, 0, rule => revisions.NumberOf(row.Count.Workspace, rule)))),
            Sql.Texts(rows.Select(static row => LogRow.JsonOf(row.Count.Rules)))).ConfigureAwait(false);
    }

    private LogCount CountOf(Changed change)
    {
        LogCount was = change.Was.Count;
        string[] flagged = LogCount.RulesOf(change.Write.Log);
        return was with
        {
            Status = change.Write.Log.Status,
            Decision = LogCount.DecisionOf(change.Write.Log),
            Rules = [.. flagged.Select(rule => rules.Take(was.Project, was.Day, rule) ? rule : null)],
        };
    }

    private sealed record Found(long At, Log Log, LogCount Count);

    private sealed record Changed(Found Was, LogWrite Write);
}
