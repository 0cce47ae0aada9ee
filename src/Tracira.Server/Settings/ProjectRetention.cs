namespace Tracira.Server.Settings;

/// <summary>How many days the logs of single projects are kept, where that differs from the workspace.</summary>
internal sealed class ProjectRetention(WorkspaceDocument<Dictionary<string, int>> documents)
{
    /// <summary>Days by project id; 0 for ever.</summary>
    public async ValueTask<IReadOnlyDictionary<string, int>> GetAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        await documents.GetAsync(workspaceId, cancellationToken).ConfigureAwait(false);

    /// <summary>Sets the days of a project; null for those of the workspace.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask SetAsync(string workspaceId, string projectId, int? days) =>
        await documents.ChangeAsync(workspaceId, before =>
        {
            int? known = before.TryGetValue(projectId, out int value) ? value : null;
            if (known == days)
                return before;
            var after = new Dictionary<string, int>(before);
            if (days is { } set)
                after[projectId] = set;
            else
                after.Remove(projectId);
            return after;
        }).ConfigureAwait(false);
}
