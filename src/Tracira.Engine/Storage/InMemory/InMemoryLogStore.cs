using System.Runtime.CompilerServices;

namespace Tracira;

internal sealed class InMemoryLogStore(InMemoryState state) : ILogStore
{
    public ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Telling(() => Append([new LogWrite(log, messages)]))[0]);

    public ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<Log?>>(Telling(() => Append(writes)));

    public ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Telling(() => Change(log.WorkspaceId, [log.Id], pending => pending.Status != LogStatus.Pending ? null : new LogWrite(
            pending with
            {
                Status = log.Status,
                ConfidenceScore = log.ConfidenceScore,
                Explanation = log.Explanation,
                AppliedRules = log.AppliedRules,
            },
            messages)))[0].Changed);

    public ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<LogChange>>(Telling(() => Change(workspaceId, ids, change)));

    public ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => state.Logs.GetValueOrDefault((workspaceId, id))));

    public ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(state.Do(() =>
        {
            Log[] matching = [.. state.Logs.Values.Where(log => InMemoryLogQuery.Matches(query, log))];
            Array.Sort(matching, (left, right) => InMemoryLogQuery.Compare(query, left, right));
            LogListItem[] page = [.. matching.Skip(query.Offset).Take(query.Limit).Select(log => new LogListItem(log, TurnsOf(log)))];
            return new LogPage(
                page,
                matching.Length,
                matching.Count(static log => log.Status is LogStatus.Flagged or LogStatus.Error),
                matching.Count(static log => log.AwaitsReview),
                matching.Count(static log => log.Status == LogStatus.Pass))
            {
                Search = query.OutputText is null ? null
                    : new LogSearch(state.Logs.Values.Count(log => InMemoryLogQuery.MatchesButForOutput(query, log)), true),
            };
        }));
    }

    public async IAsyncEnumerable<Log> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string id in state.Do(() => state.Logs.Values.Where(log => InMemoryLogQuery.Matches(query, log)).Select(static log => log.Id).ToArray()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (state.Do(() => state.Logs.GetValueOrDefault((query.WorkspaceId, id))) is { } log)
                yield return log;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => state.RemoveLogs(workspaceId, [id]).Length > 0));

    public ValueTask<IReadOnlyList<string>> DeleteManyAsync(
        string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<string>>(() => state.RemoveLogs(workspaceId, ids)));

    public ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<string>>(() => state.RemoveLogs(workspaceId, [.. state.Logs.Values
            .Where(log => log.WorkspaceId == workspaceId
                && (projectId is null || log.ProjectId == projectId)
                && log.Status != LogStatus.Pending
                && log.Timestamp < before)
            .Take(limit)
            .Select(static log => log.Id)])));

    public async IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Log log in state.Do(() => state.Logs.Values.Where(static log => log.Status == LogStatus.Pending).ToArray()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (log.WorkspaceId, log.Id);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => InMemoryCounts.Logs(LogsOf(workspaceId))));

    public ValueTask<IReadOnlyList<RuleCounter>> CountRulesAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => InMemoryCounts.Rules(
            LogsOf(workspaceId).Where(log => InMemoryCounts.DayOf(log) >= first && InMemoryCounts.DayOf(log) <= last),
            id => state.Rules.Find(entry => entry.WorkspaceId == workspaceId && entry.Rule.Id == id).Rule?.Name)));

    public ValueTask<IReadOnlyList<ModelCounter>> CountModelsAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => InMemoryCounts.Models(
            LogsOf(workspaceId).Where(log => InMemoryCounts.DayOf(log) >= first && InMemoryCounts.DayOf(log) <= last))));

    private IEnumerable<Log> LogsOf(string workspaceId) => state.Logs.Values.Where(log => log.WorkspaceId == workspaceId);

    private T Telling<T>(Func<T> write)
    {
        T answer = state.Do(write);
        state.TellOfMessages();
        return answer;
    }

    // What all of them become is asked first: where that throws, nothing is changed.
    private LogChange[] Change(string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change)
    {
        (Log? Before, LogWrite? Write)[] changes = [.. ids.Select(id =>
        {
            Log? log = state.Logs.GetValueOrDefault((workspaceId, id));
            return (log, log is null ? null : change(log));
        })];
        foreach ((_, LogWrite? write) in changes)
        {
            if (write is null)
                continue;
            state.Logs[(workspaceId, write.Log.Id)] = write.Log;
            state.AddMessages(write.Messages);
        }

        return [.. changes.Select(static change => new LogChange(change.Write?.Log ?? change.Before, change.Write is not null))];
    }

    private Log?[] Append(IReadOnlyList<LogWrite> writes)
    {
        Log[] logs = [.. writes.Select(write => Place(write.Log))];
        return [.. logs.Zip(writes, (log, write) =>
        {
            if (state.Logs.TryGetValue((log.WorkspaceId, log.Id), out Log? known))
                return known;
            state.Logs.Add((log.WorkspaceId, log.Id), log);
            state.AddMessages(write.Messages);
            return null;
        })];
    }

    // The log with its project as it is now: since the log was placed, that may have been renamed, merged or deleted.
    private Log Place(Log log)
    {
        string id = log.ProjectId;
        while (state.Merged.TryGetValue(id, out string? into))
            id = into;
        int index = state.Projects.FindIndex(entry => entry.Project.Id == id);
        if (index < 0)
            throw new ProjectGoneException(log.ProjectId);
        ProjectTask? task = state.Tasks.Find(task => task.ProjectId == id && string.Equals(task.Name, log.TaskName, StringComparison.OrdinalIgnoreCase));
        return log with { ProjectId = id, ProjectName = state.Projects[index].Project.Name, TaskName = task?.Name ?? log.TaskName };
    }

    private int TurnsOf(Log log) => log.SessionId is null ? 0 : state.Logs.Values.Count(other => other.WorkspaceId == log.WorkspaceId
        && string.Equals(other.SessionId, log.SessionId, StringComparison.OrdinalIgnoreCase));
}
