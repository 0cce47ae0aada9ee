using LiteDB;
using LiteDB.Engine;

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

    public async ValueTask<SaveOutcome> SaveAsync(string workspaceId, Project project, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = await database.NumberWorkspaceAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        bool isKnown = false;
        int number = -1;
        var command = new TableCommand<SaveOutcome>(
            ProjectDocument.Collection,
            engine =>
            {
                if (database.Tables.FindWorkspace(workspaceId) != workspace)
                    return (false, SaveOutcome.NotFound); // it was deleted a moment ago
                isKnown = _projects.TryFind(workspace, project.Id, out number);
                if (_projects.Find(workspace, project.Name) is { } taken && !(isKnown && taken == number))
                    return (false, SaveOutcome.NameTaken);
                if (isKnown)
                    engine.Update(ProjectDocument.Collection, [ProjectDocument.Write(number, workspace, project, _projects.TasksOf(number))]);
                else
                    Insert(engine, workspace, project);
                return (true, SaveOutcome.Saved);
            },
            () =>
            {
                if (isKnown)
                    _projects.Change(number, project);
                else
                    _projects.Add(workspace, project);
                foreach (Rule rule in database.Tables.RulesOf(workspace))
                    database.Tables.PutRule(workspace, rule);
            });
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> MergeAsync(string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return database.WriteAsync(new MergeCommand(database, workspace, projectId, intoProjectId), cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return database.WriteAsync(new DeleteProjectCommand(database, workspace, projectId), cancellationToken);
    }

    public ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        IReadOnlyList<ProjectTask> tasks = _projects.TryFind(database.Tables.FindWorkspace(workspaceId), projectId, out int number)
            ? [.. _projects.TasksOf(number).OrderBy(static task => task.Name, StringComparer.OrdinalIgnoreCase)]
            : [];
        return ValueTask.FromResult(tasks);
    }

    public ValueTask<SaveOutcome> AddTaskAsync(string workspaceId, ProjectTask task, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        int number = -1;
        var command = new TableCommand<SaveOutcome>(
            ProjectDocument.Collection,
            engine =>
            {
                if (!_projects.TryFind(workspace, task.ProjectId, out number))
                    return (false, SaveOutcome.NotFound);
                if (_projects.HasTask(number, task.Name))
                    return (false, SaveOutcome.NameTaken);
                engine.Update(
                    ProjectDocument.Collection,
                    [ProjectDocument.Write(number, workspace, _projects[number], [.. _projects.TasksOf(number), task])]);
                return (true, SaveOutcome.Saved);
            },
            () => _projects.AddTask(number, task));
        return database.WriteAsync(command, cancellationToken);
    }

    public ValueTask<bool> DeleteTaskAsync(string workspaceId, string projectId, string name, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        return database.WriteAsync(new DeleteTaskCommand(database, workspace, projectId, name), cancellationToken);
    }

    // Until both are there: what was added a moment ago may be gone again.
    private async ValueTask<Placement> CreateAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken)
    {
        while (true)
        {
            int workspace = await database.NumberWorkspaceAsync(workspaceId, cancellationToken).ConfigureAwait(false);
            if (_projects.Find(workspace, project, task) is { } placement)
                return placement;
            DateTimeOffset now = DateTimeOffset.UtcNow;
            string id = Guid.CreateVersion7(now).ToString();
            if (_projects.Find(workspace, project) is { } number)
                await AddTaskAsync(workspaceId, new ProjectTask(id, _projects[number].Id, task!, now), cancellationToken).ConfigureAwait(false);
            else
                await SaveAsync(workspaceId, new Project(id, project, now), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Insert(LiteEngine engine, int workspace, Project project) =>
        engine.Insert(ProjectDocument.Collection, [ProjectDocument.Write(_projects.Count, workspace, project, [])], BsonAutoId.Int32);
}
