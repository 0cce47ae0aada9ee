using Tracira.Server.Api;

namespace Tracira.Server.Live;

/// <summary>The logs of a <see cref="LiveStore"/>.</summary>
internal sealed class LiveLogStore(ILogStore logs, LiveFeed feed) : ILogStore
{
    private const string Added = "added";
    private const string Changed = "changed";
    private const string Deleted = "deleted";

    public ValueTask<Log?> AppendAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        ValueTask<Log?> appending = logs.AppendAsync(log, messages, cancellationToken);
        return feed.HasListeners(log.WorkspaceId) ? TellAsync(appending) : appending;

        async ValueTask<Log?> TellAsync(ValueTask<Log?> appending)
        {
            Log? existing = await appending.ConfigureAwait(false);
            if (existing is null)
                Tell(log, Added);
            return existing;
        }
    }

    public async ValueTask<IReadOnlyList<Log?>> AppendManyAsync(IReadOnlyList<LogWrite> writes, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Log?> existing = await logs.AppendManyAsync(writes, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < writes.Count; i++)
        {
            if (existing[i] is null && feed.HasListeners(writes[i].Log.WorkspaceId))
                Tell(writes[i].Log, Added);
        }

        return existing;
    }

    public async ValueTask<bool> CompleteAsync(Log log, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken = default)
    {
        bool completed = await logs.CompleteAsync(log, messages, cancellationToken).ConfigureAwait(false);
        if (completed && feed.HasListeners(log.WorkspaceId))
            Tell(log, Changed);
        return completed;
    }

    public async ValueTask<IReadOnlyList<LogChange>> ChangeAsync(
        string workspaceId, IReadOnlyList<string> ids, Func<Log, LogWrite?> change, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<LogChange> changes = await logs.ChangeAsync(workspaceId, ids, change, cancellationToken).ConfigureAwait(false);
        if (!feed.HasListeners(workspaceId))
            return changes;
        foreach (LogChange made in changes)
        {
            if (made is { Changed: true, Log: { } log })
                Tell(log, Changed);
        }

        return changes;
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string id, CancellationToken cancellationToken = default)
    {
        bool deleted = await logs.DeleteAsync(workspaceId, id, cancellationToken).ConfigureAwait(false);
        if (deleted)
            TellDeleted(workspaceId, [id]);
        return deleted;
    }

    public async ValueTask<IReadOnlyList<string>> DeleteManyAsync(
        string workspaceId, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        TellDeleted(workspaceId, await logs.DeleteManyAsync(workspaceId, ids, cancellationToken).ConfigureAwait(false));

    public async ValueTask<IReadOnlyList<string>> DeleteOlderAsync(
        string workspaceId, string? projectId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        TellDeleted(workspaceId, await logs.DeleteOlderAsync(workspaceId, projectId, before, limit, cancellationToken).ConfigureAwait(false));

    public ValueTask<Log?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        logs.FindAsync(workspaceId, id, cancellationToken);

    public ValueTask<LogPage> ListAsync(LogQuery query, CancellationToken cancellationToken = default) => logs.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<Log> ReadAsync(LogQuery query, CancellationToken cancellationToken = default) => logs.ReadAsync(query, cancellationToken);

    public IAsyncEnumerable<(string WorkspaceId, string Id)> ReadPendingAsync(CancellationToken cancellationToken = default) =>
        logs.ReadPendingAsync(cancellationToken);

    public ValueTask<IReadOnlyList<LogCounter>> CountAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        logs.CountAsync(workspaceId, cancellationToken);

    public ValueTask<IReadOnlyList<RuleCounter>> CountRulesAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        logs.CountRulesAsync(workspaceId, first, last, cancellationToken);

    public ValueTask<IReadOnlyList<ModelCounter>> CountModelsAsync(
        string workspaceId, DateOnly first, DateOnly last, CancellationToken cancellationToken = default) =>
        logs.CountModelsAsync(workspaceId, first, last, cancellationToken);

    private void Tell(Log log, string change)
    {
        var told = new LiveLog(log.Id, change)
        {
            Status = WireNames.Status[log.Status],
            ProjectName = log.ProjectName,
            HumanDecision = log.Decision is { } decision ? WireNames.Decision[decision.Kind] : null,
            DecidedBy = log.Decision?.By,
        };
        feed.Tell(log.WorkspaceId, LiveEvent.Of("log", told, ApiJson.Wire.LiveLog));
    }

    private IReadOnlyList<string> TellDeleted(string workspaceId, IReadOnlyList<string> ids)
    {
        if (!feed.HasListeners(workspaceId))
            return ids;
        foreach (string id in ids)
            feed.Tell(workspaceId, LiveEvent.Of("log", new LiveLog(id, Deleted), ApiJson.Wire.LiveLog));
        return ids;
    }
}
