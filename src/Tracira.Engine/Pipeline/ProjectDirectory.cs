namespace Tracira;

/// <summary>
/// A workspace's projects and their tasks. Changes go through here, so that the rules of a project follow it at once and files go with
/// the logs they came with. Safe to use from any number of threads.
/// </summary>
public sealed class ProjectDirectory
{
    private readonly ITraciraStore _store;
    private readonly RuleCatalog _rules;
    private readonly TimeProvider _time;

    /// <summary>Creates a directory over a store.</summary>
    /// <param name="store">Keeps projects and what belongs to them.</param>
    /// <param name="rules">The catalog that rules are taken from.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    public ProjectDirectory(ITraciraStore store, RuleCatalog rules, TimeProvider? time = null)
    {
        _store = store;
        _rules = rules;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The workspace's projects, in the order of their names.</summary>
    public ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        _store.Projects.ListAsync(workspaceId, cancellationToken);

    /// <summary>The project of an id, or null.</summary>
    public async ValueTask<Project?> FindAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        (await ListAsync(workspaceId, cancellationToken).ConfigureAwait(false)).FirstOrDefault(project => project.Id == projectId);

    /// <summary>How many logs each project and task has.</summary>
    public async ValueTask<ProjectCounts> CountAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        new(await _store.Logs.CountAsync(workspaceId, cancellationToken).ConfigureAwait(false));

    /// <summary>Adds a project without logs.</summary>
    /// <returns>The project; null where another one has the name.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<Project?> AddAsync(string workspaceId, string name, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var project = new Project(Guid.CreateVersion7(now).ToString(), name, WholeMilliseconds.Of(now));
        return await _store.Projects.SaveAsync(workspaceId, project, cancellationToken).ConfigureAwait(false) == SaveOutcome.Saved ? project : null;
    }

    /// <summary>Gives a project another name or icon. Its logs and rules bear the new name from then on.</summary>
    /// <returns>False where another project has the name; <see cref="MergeAsync"/> makes the two one.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<bool> ChangeAsync(string workspaceId, Project project, CancellationToken cancellationToken = default)
    {
        SaveOutcome outcome = await _store.Projects.SaveAsync(workspaceId, project, cancellationToken).ConfigureAwait(false);
        await _rules.ReloadAsync(workspaceId).ConfigureAwait(false);
        return outcome == SaveOutcome.Saved;
    }

    /// <summary>Moves the logs, tasks and rules of a project to another and removes it.</summary>
    /// <returns>False, and nothing is done, where either is missing or both are the same.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<bool> MergeAsync(
        string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default)
    {
        bool merged = await _store.Projects.MergeAsync(workspaceId, projectId, intoProjectId, cancellationToken).ConfigureAwait(false);
        await _rules.ReloadAsync(workspaceId).ConfigureAwait(false);
        return merged;
    }

    /// <summary>Removes a project with its logs and their files, its tasks and its rules.</summary>
    /// <returns>False where there is none of this id.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(workspaceId, projectId, cancellationToken).ConfigureAwait(false) is not { } project)
            return false;
        List<string> files = await FilesOfAsync(new LogQuery(workspaceId) { Project = project.Name }, cancellationToken).ConfigureAwait(false);
        bool deleted = await _store.Projects.DeleteAsync(workspaceId, projectId, cancellationToken).ConfigureAwait(false);
        await FollowAsync(workspaceId, files, deleted).ConfigureAwait(false);
        return deleted;
    }

    /// <summary>A project's tasks, in the order of their names; empty where there is no such project.</summary>
    public ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        _store.Projects.ListTasksAsync(workspaceId, projectId, cancellationToken);

    /// <summary>Adds a task without logs to a project.</summary>
    /// <returns>What became of it, and the task where it was saved.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<(SaveOutcome Outcome, ProjectTask? Task)> AddTaskAsync(
        string workspaceId, string projectId, string name, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _time.GetUtcNow();
        var task = new ProjectTask(Guid.CreateVersion7(now).ToString(), projectId, name, WholeMilliseconds.Of(now));
        SaveOutcome outcome = await _store.Projects.AddTaskAsync(workspaceId, task, cancellationToken).ConfigureAwait(false);
        return (outcome, outcome == SaveOutcome.Saved ? task : null);
    }

    /// <summary>Removes a task, the project's logs in it with their files, and the rules for it.</summary>
    /// <returns>False where the project has no such task.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<bool> DeleteTaskAsync(
        string workspaceId, string projectId, string name, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(workspaceId, projectId, cancellationToken).ConfigureAwait(false) is not { } project)
            return false;
        var query = new LogQuery(workspaceId) { Project = project.Name, Task = name };
        List<string> files = await FilesOfAsync(query, cancellationToken).ConfigureAwait(false);
        bool deleted = await _store.Projects.DeleteTaskAsync(workspaceId, projectId, name, cancellationToken).ConfigureAwait(false);
        await FollowAsync(workspaceId, files, deleted).ConfigureAwait(false);
        return deleted;
    }

    // Which files go is known only as long as the logs are there. Where no files are kept at all the logs need not be read.
    private async Task<List<string>> FilesOfAsync(LogQuery query, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        if (await _store.Media.CountBytesAsync(query.WorkspaceId, cancellationToken).ConfigureAwait(false) == 0)
            return keys;
        await foreach (Log log in _store.Logs.ReadAsync(query, cancellationToken).ConfigureAwait(false))
            keys.AddRange(log.Attachments.Select(static attachment => attachment.Key).OfType<string>());
        return keys;
    }

    private async ValueTask FollowAsync(string workspaceId, List<string> files, bool deleted)
    {
        await _rules.ReloadAsync(workspaceId).ConfigureAwait(false);
        if (deleted && files.Count > 0)
            await _store.Media.DeleteAsync(workspaceId, files).ConfigureAwait(false);
    }
}
