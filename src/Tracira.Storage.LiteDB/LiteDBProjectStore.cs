using LiteDB;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBProjectStore(Database database, Gate gate) : IProjectStore
{
    private readonly ProjectTable _projects = database.Projects;

    public ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return workspace >= 0 && _projects.Find(workspace, project, task) is { } placement
            ? ValueTask.FromResult(placement)
            : CreateAsync(workspaceId, project, task, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        IReadOnlyList<Project> projects =
            [.. _projects.Of(database.Tables.FindWorkspace(workspaceId)).OrderBy(static project => project.Name, StringComparer.OrdinalIgnoreCase)];
        return ValueTask.FromResult(projects);
    }

    public ValueTask<SaveOutcome> SaveAsync(string workspaceId, Project project, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> MergeAsync(string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<SaveOutcome> AddTaskAsync(string workspaceId, ProjectTask task, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> DeleteTaskAsync(string workspaceId, string projectId, string name, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private async ValueTask<Placement> CreateAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken)
    {
        int workspace = await database.NumberWorkspaceAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        if (_projects.Find(workspace, project) is null)
            await AddProjectAsync(workspace, project, cancellationToken).ConfigureAwait(false);
        int number = _projects.Find(workspace, project)!.Value;
        if (task is not null && _projects.Find(workspace, project, task) is null)
            await AddTaskAsync(workspace, number, project, task, cancellationToken).ConfigureAwait(false);
        return _projects.Find(workspace, project, task)!;
    }

    private ValueTask<bool> AddProjectAsync(int workspace, string name, CancellationToken cancellationToken)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var project = new Project(Guid.CreateVersion7(now).ToString(), name, now);
        var command = new TableCommand<bool>(
            Tables.ProjectCollection,
            engine =>
            {
                if (_projects.Find(workspace, name) is not null)
                    return (false, false);
                engine.Insert(Tables.ProjectCollection, [Write(_projects.Count, workspace, project, [])], BsonAutoId.Int32);
                return (true, true);
            },
            () => _projects.Add(workspace, project));
        return database.WriteAsync(command, cancellationToken);
    }

    private ValueTask<bool> AddTaskAsync(int workspace, int number, string project, string task, CancellationToken cancellationToken)
    {
        var command = new TableCommand<bool>(
            Tables.ProjectCollection,
            engine =>
            {
                if (_projects.Find(workspace, project, task) is not null)
                    return (false, false);
                engine.Update(Tables.ProjectCollection, [Write(number, workspace, _projects[number], [.. _projects.TasksOf(number), task])]);
                return (true, true);
            },
            () => _projects.AddTask(number, task));
        return database.WriteAsync(command, cancellationToken);
    }

    private static BsonDocument Write(int number, int workspace, Project project, IEnumerable<string> tasks) => new()
    {
        ["_id"] = number,
        ["workspace"] = workspace,
        ["id"] = project.Id,
        ["name"] = project.Name,
        ["created"] = project.CreatedAt.UtcTicks,
        ["tasks"] = new BsonArray(tasks.Select(static task => new BsonValue(task))),
    };
}
