using LiteDB;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBWorkspaceStore(Database database, Gate gate) : IWorkspaceStore
{
    public ValueTask<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(database.Tables.Workspaces);
    }

    public ValueTask<bool> DeleteAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return database.WriteAsync(new DeleteWorkspaceCommand(database, workspaceId), cancellationToken);
    }

    public async ValueTask SaveAsync(Workspace workspace, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        var command = new TableCommand<bool>(
            Tables.WorkspaceCollection,
            engine =>
            {
                engine.Upsert(Tables.WorkspaceCollection, [WorkspaceDocument.Write(workspace)], BsonAutoId.ObjectId);
                return (true, true);
            },
            () => database.Tables.PutWorkspace(workspace));
        await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }
}
