namespace Tracira;

/// <summary>Keeps projects and their tasks. Names are matched without regard to case (ordinal).</summary>
public interface IProjectStore
{
    /// <summary>
    /// Finds the project and task of these names and creates what is missing. Completes synchronously, without allocating, where both
    /// are known already: it is on the way of every log.
    /// </summary>
    ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default);

    /// <summary>The workspace's projects, in the order of their names.</summary>
    ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a project, or gives the one of the same id another name and icon. Its logs and rules bear the new name from then on.
    /// </summary>
    ValueTask<SaveOutcome> SaveAsync(string workspaceId, Project project, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves the logs, tasks and rules of a project to another and removes it, as one durable write. Where both have a task of one name
    /// it becomes one task. Rules that move are saved as their next revision.
    /// </summary>
    /// <returns>False, and nothing is done, where either project is missing or both are the same.</returns>
    ValueTask<bool> MergeAsync(string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default);

    /// <summary>Removes a project with its logs and their messages, its tasks and its rules, as one durable write.</summary>
    /// <returns>False where there is none of this id in the workspace.</returns>
    ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default);

    /// <summary>A project's tasks, in the order of their names; empty where there is no such project.</summary>
    ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default);

    /// <summary>Adds a task to its project.</summary>
    ValueTask<SaveOutcome> AddTaskAsync(string workspaceId, ProjectTask task, CancellationToken cancellationToken = default);

    /// <summary>Removes the task of a name, the project's logs in it and their messages, and the rules for it, as one durable write.</summary>
    /// <returns>False where the project has no such task, registered or in a log.</returns>
    ValueTask<bool> DeleteTaskAsync(string workspaceId, string projectId, string name, CancellationToken cancellationToken = default);
}
