using System.Collections.Concurrent;

namespace Tracira;

internal sealed class InMemoryProjectStore(InMemoryState state) : IProjectStore
{
    // What was found once, so that asking again finds it without a lock and without allocating.
    private readonly ConcurrentDictionary<Place, Placement> _known = new();

    public ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default)
    {
        state.ThrowIfClosed();
        return ValueTask.FromResult(_known.TryGetValue(new Place(workspaceId, project, task), out Placement? known) ? known : Resolve(workspaceId, project, task));
    }

    public ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Project>>(() =>
            [.. Projects(workspaceId).OrderBy(static project => project.Name, StringComparer.OrdinalIgnoreCase)]));

    private Placement Resolve(string workspaceId, string project, string? task) => state.Do(() =>
    {
        Project found = Projects(workspaceId).FirstOrDefault(known => Same(known.Name, project)) ?? Add(workspaceId, project);
        var placement = new Placement(found, task is null ? null : ResolveTask(found.Id, task));
        _known[new Place(workspaceId, project, task)] = placement;
        return placement;
    });

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

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Place(string WorkspaceId, string Project, string? Task)
    {
        public bool Equals(Place other) => WorkspaceId == other.WorkspaceId && Same(Project, other.Project) && Same(Task, other.Task);

        public override int GetHashCode() => HashCode.Combine(
            WorkspaceId,
            Project.GetHashCode(StringComparison.OrdinalIgnoreCase),
            Task?.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
