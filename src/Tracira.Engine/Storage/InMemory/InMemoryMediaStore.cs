using System.Runtime.CompilerServices;

namespace Tracira;

internal sealed class InMemoryMediaStore(InMemoryState state) : IMediaStore
{
    public async ValueTask<MediaFile?> SaveAsync(MediaFile file, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        state.ThrowIfClosed();
        using var kept = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > maxBytes)
                return null;
        }

        byte[] bytes = kept.ToArray();
        MediaFile saved = file with { Bytes = bytes.Length };
        return state.Do(() =>
        {
            state.Media[(file.WorkspaceId, file.Key)] = (saved, bytes);
            return saved;
        });
    }

    public ValueTask<MediaFile?> FindAsync(string workspaceId, string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => state.Media.TryGetValue((workspaceId, key), out (MediaFile File, byte[] Content) found) ? found.File : null));

    public ValueTask<Stream?> OpenAsync(string workspaceId, string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<Stream?>(() => state.Media.TryGetValue((workspaceId, key), out (MediaFile File, byte[] Content) found)
            ? new MemoryStream(found.Content, writable: false)
            : null));

    public ValueTask DeleteAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        state.Do(() => keys.Count(key => state.Media.Remove((workspaceId, key))));
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<MediaFile> ListAsync(
        string workspaceId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        MediaFile[] files = state.Do(() => state.Media.Values
            .Select(static entry => entry.File)
            .Where(file => file.WorkspaceId == workspaceId && file.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(static file => file.Key, StringComparer.Ordinal)
            .ToArray());
        foreach (MediaFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return file;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<long> CountBytesAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => state.Media.Values.Where(entry => entry.File.WorkspaceId == workspaceId).Sum(static entry => entry.File.Bytes)));
}
