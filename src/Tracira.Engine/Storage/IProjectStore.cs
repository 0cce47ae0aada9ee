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
}
