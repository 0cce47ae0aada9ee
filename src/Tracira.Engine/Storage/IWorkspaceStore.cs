namespace Tracira;

/// <summary>Keeps workspaces.</summary>
public interface IWorkspaceStore
{
    /// <summary>Every workspace, oldest first.</summary>
    ValueTask<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds the workspace, or replaces the one of the same id.</summary>
    ValueTask SaveAsync(Workspace workspace, CancellationToken cancellationToken = default);

    /// <summary>Removes a workspace with all that is in it, as one durable write. Its media go soon after.</summary>
    /// <returns>False where there is none of this id.</returns>
    ValueTask<bool> DeleteAsync(string workspaceId, CancellationToken cancellationToken = default);
}
