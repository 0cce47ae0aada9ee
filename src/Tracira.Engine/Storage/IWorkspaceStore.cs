namespace Tracira;

/// <summary>Keeps workspaces.</summary>
public interface IWorkspaceStore
{
    /// <summary>Every workspace, oldest first.</summary>
    ValueTask<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds the workspace, or replaces the one of the same id.</summary>
    ValueTask SaveAsync(Workspace workspace, CancellationToken cancellationToken = default);
}
