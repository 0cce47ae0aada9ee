using System.Runtime.CompilerServices;

namespace Tracira;

internal sealed class InMemoryLogStore(InMemoryState state) : ILogStore
{
    public ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (state.Logs.TryGetValue((log.WorkspaceId, log.Id), out Log? known))
                return known;
            state.Logs.Add((log.WorkspaceId, log.Id), log);
            state.Messages.AddRange(messages);
            return null;
        }));

    public ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (state.Logs.GetValueOrDefault((log.WorkspaceId, log.Id))?.Status != LogStatus.Pending)
                return false;
            state.Logs[(log.WorkspaceId, log.Id)] = log;
            state.Messages.AddRange(messages);
            return true;
        }));

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
                matching.Count(static log => log.Status == LogStatus.Pass));
        }));
    }

    public ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (!state.Logs.Remove((workspaceId, id)))
                return false;
            state.Messages.RemoveAll(message => message.WorkspaceId == workspaceId && message.LogId == id);
            return true;
        }));

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
        ValueTask.FromResult(state.Do<IReadOnlyList<LogCounter>>(() =>
            [.. state.Logs.Values
                .Where(log => log.WorkspaceId == workspaceId)
                .GroupBy(static log => (log.ProjectId, log.TaskName, log.Status, Day: DateOnly.FromDateTime(log.Timestamp.UtcDateTime)))
                .Select(static group => new LogCounter(group.Key.ProjectId, group.Key.TaskName, group.Key.Status, group.Key.Day, group.Count()))]));

    private int TurnsOf(Log log) => log.SessionId is null ? 0 : state.Logs.Values.Count(other => other.WorkspaceId == log.WorkspaceId
        && string.Equals(other.SessionId, log.SessionId, StringComparison.OrdinalIgnoreCase));
}
