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
}
