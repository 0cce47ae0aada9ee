namespace Tracira;

internal sealed class InMemoryProjectStore(InMemoryState state) : IProjectStore
{
    public ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default)
    {
        state.ThrowIfClosed();
        return ValueTask.FromResult(state.Places.TryGetValue(new NamedPlace(workspaceId, project, task), out Placement? known) ? known : Resolve(workspaceId, project, task));
    }

    public ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Project>>(() =>
            [.. Projects(workspaceId).OrderBy(static project => project.Name, StringComparer.OrdinalIgnoreCase)]));

    public ValueTask<SaveOutcome> SaveAsync(string workspaceId, Project project, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (Projects(workspaceId).Any(known => known.Id != project.Id && Same(known.Name, project.Name)))
                return SaveOutcome.NameTaken;
            int index = state.Projects.FindIndex(entry => entry.WorkspaceId == workspaceId && entry.Project.Id == project.Id);
            if (index < 0)
                state.Projects.Add((workspaceId, project));
            else
                state.Projects[index] = (workspaceId, project);
            ChangeLogs(workspaceId, project.Id, log => log with { ProjectName = project.Name });
            ChangeRules(workspaceId, project.Id, rule => rule with { ProjectName = project.Name });
            state.Places.Clear();
            return SaveOutcome.Saved;
        }));

    public ValueTask<bool> MergeAsync(string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (Find(workspaceId, projectId) is null || Find(workspaceId, intoProjectId) is not { } into || projectId == intoProjectId)
                return false;
            foreach (ProjectTask task in state.Tasks.Where(task => task.ProjectId == projectId && !HasTask(intoProjectId, task.Name)).ToArray())
                state.Tasks.Add(task with { ProjectId = intoProjectId });
            ChangeLogs(workspaceId, projectId, log => log with
            {
                ProjectId = into.Id,
                ProjectName = into.Name,
                TaskName = log.TaskName is null ? null : ResolveTask(into.Id, log.TaskName),
            });
            ChangeRules(workspaceId, projectId, rule => rule with { ProjectId = into.Id, ProjectName = into.Name, Revision = rule.Revision + 1 });
            state.Merged[projectId] = intoProjectId;
            Forget(workspaceId, projectId);
            return true;
        }));

    public ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (Find(workspaceId, projectId) is null)
                return false;
            state.RemoveLogs(workspaceId, [.. LogsOf(workspaceId, projectId).Select(static log => log.Id)]);
            state.Rules.RemoveAll(entry => entry.WorkspaceId == workspaceId && entry.Rule.ProjectId == projectId);
            Forget(workspaceId, projectId);
            return true;
        }));

    public ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<ProjectTask>>(() => Find(workspaceId, projectId) is null
            ? []
            : [.. state.Tasks.Where(task => task.ProjectId == projectId).OrderBy(static task => task.Name, StringComparer.OrdinalIgnoreCase)]));

    public ValueTask<SaveOutcome> AddTaskAsync(string workspaceId, ProjectTask task, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (Find(workspaceId, task.ProjectId) is null)
                return SaveOutcome.NotFound;
            if (HasTask(task.ProjectId, task.Name))
                return SaveOutcome.NameTaken;
            state.Tasks.Add(task);
            return SaveOutcome.Saved;
        }));

    public ValueTask<bool> DeleteTaskAsync(string workspaceId, string projectId, string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (Find(workspaceId, projectId) is null)
                return false;
            string[] logs = [.. LogsOf(workspaceId, projectId).Where(log => Same(log.TaskName, name)).Select(static log => log.Id)];
            if (logs.Length == 0 && !HasTask(projectId, name))
                return false;
            state.Tasks.RemoveAll(task => task.ProjectId == projectId && Same(task.Name, name));
            state.RemoveLogs(workspaceId, logs);
            state.Rules.RemoveAll(entry => entry.WorkspaceId == workspaceId && entry.Rule.ProjectId == projectId && Same(entry.Rule.TaskName, name));
            state.Places.Clear();
            return true;
        }));

    private Project? Find(string workspaceId, string projectId) => Projects(workspaceId).FirstOrDefault(project => project.Id == projectId);

    private bool HasTask(string projectId, string name) => state.Tasks.Exists(task => task.ProjectId == projectId && Same(task.Name, name));

    private Log[] LogsOf(string workspaceId, string projectId) =>
        [.. state.Logs.Values.Where(log => log.WorkspaceId == workspaceId && log.ProjectId == projectId)];

    private void ChangeLogs(string workspaceId, string projectId, Func<Log, Log> change)
    {
        foreach (Log log in LogsOf(workspaceId, projectId))
            state.Logs[(workspaceId, log.Id)] = change(log);
    }

    private void ChangeRules(string workspaceId, string projectId, Func<Rule, Rule> change)
    {
        for (int i = 0; i < state.Rules.Count; i++)
        {
            if (state.Rules[i].WorkspaceId == workspaceId && state.Rules[i].Rule.ProjectId == projectId)
                state.Rules[i] = (workspaceId, change(state.Rules[i].Rule));
        }
    }

    private void Forget(string workspaceId, string projectId)
    {
        state.Tasks.RemoveAll(task => task.ProjectId == projectId);
        state.Projects.RemoveAll(entry => entry.WorkspaceId == workspaceId && entry.Project.Id == projectId);
        state.Places.Clear();
    }

    private Placement Resolve(string workspaceId, string project, string? task) => state.Do(() =>
    {
        Project found = Projects(workspaceId).FirstOrDefault(known => Same(known.Name, project)) ?? Add(workspaceId, project);
        var placement = new Placement(found, task is null ? null : ResolveTask(found.Id, task));
        state.Places[new NamedPlace(workspaceId, project, task)] = placement;
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
        if (state.Tasks.Find(task => task.ProjectId == projectId && Same(task.Name, name)) is { } known)
            return known.Name;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        state.Tasks.Add(new ProjectTask(Guid.CreateVersion7(now).ToString(), projectId, name, now));
        return name;
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
