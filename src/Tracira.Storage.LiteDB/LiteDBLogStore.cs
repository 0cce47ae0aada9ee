using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBLogStore(Database database, Gate gate) : ILogStore
{
    private const int ReadStep = 64;

    private LogColumns Columns => database.Columns;

    public async ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        AppendCommand.Item item = await PrepareAsync(log, messages, cancellationToken).ConfigureAwait(false);
        Log?[] answers = await database.WriteAsync(new AppendCommand(database, [item]), cancellationToken).ConfigureAwait(false);
        return answers[0];
    }

    public async ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        if (writes.Count == 0)
            return [];
        var items = new AppendCommand.Item[writes.Count];
        for (int i = 0; i < items.Length; i++)
            items[i] = await PrepareAsync(writes[i].Log, writes[i].Messages, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(new AppendCommand(database, items), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<LogChange> changes = await ChangeAsync(log.WorkspaceId, [log.Id], Complete, cancellationToken).ConfigureAwait(false);
        return changes[0].Changed;

        // Of what came meanwhile, as a decision on a log that was still pending, nothing is undone.
        LogWrite? Complete(Log pending) => pending.Status != LogStatus.Pending ? null : new LogWrite(
            pending with
            {
                Status = log.Status,
                ConfidenceScore = log.ConfidenceScore,
                Explanation = log.Explanation,
                AppliedRules = log.AppliedRules,
            },
            messages);
    }

    public async ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return database.Tables.FindWorkspace(workspaceId) < 0
            ? new LogChange[ids.Count]
            : await database.WriteAsync(new ChangeCommand(database, workspaceId, ids, change), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        (await DeleteManyAsync(workspaceId, [id], cancellationToken).ConfigureAwait(false)).Count > 0;

    public async ValueTask<IReadOnlyList<string>> DeleteManyAsync(
        string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return database.Tables.FindWorkspace(workspaceId) < 0
            ? []
            : await database.WriteAsync(new DeleteCommand(database, workspaceId, ids), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        if (database.Tables.FindWorkspace(workspaceId) < 0)
            return [];
        var command = new DeleteOlderCommand(database, workspaceId, projectId, LogFilter.Milliseconds(before), limit);
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<Log> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(query.WorkspaceId);
        if (workspace < 0)
            yield break;
        using RowSet matching = Reading(() => Filter(query, workspace));
        if (query.OutputText is not null)
            database.Outputs.Keep(matching, query.OutputText);
        foreach (int[] rows in matching.Rows().Chunk(ReadStep))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] left = Reading(() => rows.Where(row => !Columns.IsGone(row)).ToArray());
            foreach ((_, Log log) in database.ReadLogs(left))
            {
                if (query.OutputText is null || log.Output.Contains(query.OutputText, StringComparison.OrdinalIgnoreCase))
                    yield return log;
            }
        }

        await Task.CompletedTask.ConfigureAwait(false);
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
            return ValueTask.FromResult(new LogPage([], 0, 0, 0, 0) { Search = query.OutputText is null ? null : new LogSearch(0, true) });
        if (query.OutputText is not null)
            return ValueTask.FromResult(new OutputSearch(database).Find(query, () => Filter(query, workspace), cancellationToken));

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
            database.Projects[counter.Key.Place.Project].Id,
            counter.Key.Task == 0 ? null : database.Projects.TaskName(counter.Key.Place.Project, Columns.TaskTexts.TextOf(counter.Key.Task).ToString()),
            RowState.StatusOf(counter.Key.State),
            CountedPlace.DayOf(counter.Key.Place.Day),
            counter.Count)
        {
            Decision = RowState.DecisionOf(counter.Key.State),
        })]));
    }

    public ValueTask<IReadOnlyList<RuleCounter>> CountRulesAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return ValueTask.FromResult(Reading<IReadOnlyList<RuleCounter>>(() =>
        [
            .. Columns.Counters.Rules.Of(workspace, CountedPlace.NumberOf(first), CountedPlace.NumberOf(last))
                .SelectMany(counter => CountersOf(counter.Place, counter.Item, counter.Tally)),
        ]));
    }

    public ValueTask<IReadOnlyList<ModelCounter>> CountModelsAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return ValueTask.FromResult(Reading<IReadOnlyList<ModelCounter>>(() =>
        [
            .. Columns.Counters.Models.Of(workspace, CountedPlace.NumberOf(first), CountedPlace.NumberOf(last))
                .Where(static counter => counter.Tally.Logs > 0)
                .Select(counter => new ModelCounter(
                    database.Projects[counter.Place.Project].Id,
                    counter.Item > 0 ? Columns.ModelTexts.TextOf(counter.Item).ToString() : null,
                    counter.Item < 0,
                    CountedPlace.DayOf(counter.Place.Day),
                    counter.Tally)),
        ]));
    }

    private List<RuleCounter> CountersOf(CountedPlace place, int number, DecisionCounts counts)
    {
        List<RuleCounter> counters = [];
        Rule? rule = number < 0 ? null : database.Tables.Revisions.LastOf(number);
        foreach (DecisionKind? decision in DecisionCounts.Decisions)
        {
            if (counts[decision] > 0)
            {
                var counter = new RuleCounter(database.Projects[place.Project].Id, rule?.Id, CountedPlace.DayOf(place.Day), decision, counts[decision]);
                counters.Add(counter with { RuleName = rule?.Name ?? "" });
            }
        }

        return counters;
    }

    private async ValueTask<AppendCommand.Item> PrepareAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        int project = database.Projects.NumberOf(log.ProjectId);
        byte[] body = await database.WriteBodyAsync(log, project, cancellationToken).ConfigureAwait(false);
        ulong[] signature = ArrayPool<ulong>.Shared.Rent(TextSignature.Words);
        TextSignature.Write(log.Output, signature);
        return new AppendCommand.Item(log, body, signature, project, database.Tables.Revisions.ThatFlagged(log), messages);
    }

    private (int[] Rows, int[] Turns, LogPage Summary) Select(LogQuery query, int workspace)
    {
        using RowSet matching = Filter(query, workspace);
        LogTotals totals = LogTotals.Of(Columns, matching);
        int[] rows = new LogOrder(Columns, database.Projects, query).Page(matching, totals.Total);
        int[] turns = [.. rows.Select(row => Columns.TurnsOf(Columns.Sessions[row]))];
        return (rows, turns, new LogPage([], totals.Total, totals.Flagged + totals.Errors, totals.AwaitingReview, totals.Passed));
    }

    private RowSet Filter(LogQuery query, int workspace) =>
        LogFilter.Apply(Columns, database.Projects, query, workspace, database.Tables.WorkspaceCount == 1);

    private T Reading<T>(Func<T> read) => database.ReadColumns(read);
}
