namespace Tracira;

internal sealed class InMemoryProjectStore(InMemoryState state) : IProjectStore
{
    public ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            Project found = Projects(workspaceId).FirstOrDefault(known => Same(known.Name, project)) ?? Add(workspaceId, project);
            return new Placement(found, task is null ? null : ResolveTask(found.Id, task));
        }));

    public ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Project>>(() =>
            [.. Projects(workspaceId).OrderBy(static project => project.Name, StringComparer.OrdinalIgnoreCase)]));

    private IEnumerable<Project> Projects(string workspaceId) =>
        state.Projects.Where(entry => entry.WorkspaceId == workspaceId).Select(static entry => entry.Project);

    private Project Add(string workspaceId, string name)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var project = new Project(Guid.CreateVersion7(now).ToString(), name, now);
        state.Projects.Add((workspaceId, project));
        return project;
    }

    private string ResolveTask(string projectId, string name)
    {
        foreach ((string owner, string known) in state.Tasks)
        {
            if (owner == projectId && Same(known, name))
                return known;
        }

        state.Tasks.Add((projectId, name));
        return name;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
