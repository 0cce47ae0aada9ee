namespace Tracira;

internal sealed class InMemoryWorkspaceStore(InMemoryState state) : IWorkspaceStore
{
    public ValueTask<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Workspace>>(() =>
            [.. state.Workspaces.OrderBy(static workspace => workspace.CreatedAt).ThenBy(static workspace => workspace.Id, StringComparer.Ordinal)]));

    public ValueTask SaveAsync(Workspace workspace, CancellationToken cancellationToken = default)
    {
        state.Do(() =>
        {
            state.Workspaces.RemoveAll(known => known.Id == workspace.Id);
            state.Workspaces.Add(workspace);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> DeleteAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (state.Workspaces.RemoveAll(known => known.Id == workspaceId) == 0)
                return false;
            state.RemoveLogs(workspaceId, [.. state.Logs.Keys.Where(key => key.WorkspaceId == workspaceId).Select(static key => key.Id)]);
            var projects = state.Projects.Where(entry => entry.WorkspaceId == workspaceId).Select(static entry => entry.Project.Id).ToHashSet();
            state.Tasks.RemoveAll(task => projects.Contains(task.ProjectId));
            state.Projects.RemoveAll(entry => entry.WorkspaceId == workspaceId);
            state.Places.Clear();
            state.Rules.RemoveAll(entry => entry.WorkspaceId == workspaceId);
            foreach (var key in state.Records.Keys.Where(key => key.WorkspaceId == workspaceId).ToArray())
                state.Records.Remove(key);
            foreach (var key in state.Media.Keys.Where(key => key.WorkspaceId == workspaceId).ToArray())
                state.Media.Remove(key);
            return true;
        }));
}
