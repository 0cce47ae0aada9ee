namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBMediaStore(Database database, Gate gate) : IMediaStore
{
    private readonly Database _database = database;
    private readonly Gate _gate = gate;

    public ValueTask<MediaFile?> SaveAsync(MediaFile file, Stream content, long maxBytes, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<MediaFile?> FindAsync(string workspaceId, string key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<Stream?> OpenAsync(string workspaceId, string key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask DeleteAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<MediaFile> ListAsync(string workspaceId, string prefix, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<long> CountBytesAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
