using Tracira.Server.Auth;
using Tracira.Storage.LiteDB;

namespace Tracira.Server.Hosting;

/// <summary>What the data folder holds, opened: the store, and who is let in. Opened while the host is put together, because each is half of a start.</summary>
/// <param name="Store">The store; the host closes it.</param>
/// <param name="Workspaces">The workspaces of the store.</param>
/// <param name="IsNew">Whether there was nothing in the folder before.</param>
internal sealed record OpenedData(LiteDBStore Store, WorkspaceDirectory Workspaces, bool IsNew)
{
    /// <summary>Opens the folder; a new one gets its first workspace.</summary>
    /// <exception cref="StoreUnavailableException">The data folder cannot be opened.</exception>
    /// <exception cref="SettingException">The token of the settings belongs to another workspace.</exception>
    public static async Task<OpenedData> OpenAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        LiteDBStore store = LiteDBStore.Open(DataFolder.Database(options.DataFolder));
        try
        {
            var workspaces = new WorkspaceDirectory(store, TimeProvider.System);
            bool isNew = await workspaces.OpenAsync(options.WebhookToken, cancellationToken).ConfigureAwait(false);
            return new OpenedData(store, workspaces, isNew);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
