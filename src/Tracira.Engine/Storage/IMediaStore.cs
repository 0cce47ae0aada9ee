namespace Tracira;

/// <summary>Keeps files.</summary>
public interface IMediaStore
{
    /// <summary>Stores a file, in place of one of the same key. It is there, whole and durable, when the task completes, and not before.</summary>
    /// <param name="file">The file; its size is what the content turns out to be.</param>
    /// <param name="content">What is in it, read once and never held whole.</param>
    /// <param name="maxBytes">The largest size that is accepted.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <returns>The file with its size; null, and nothing is stored, where it is larger than that.</returns>
    /// <exception cref="StoreUnavailableException">The store is full, failing or closing; nothing was stored.</exception>
    ValueTask<MediaFile?> SaveAsync(MediaFile file, Stream content, long maxBytes, CancellationToken cancellationToken = default);

    /// <summary>The file of a key, or null.</summary>
    ValueTask<MediaFile?> FindAsync(string workspaceId, string key, CancellationToken cancellationToken = default);

    /// <summary>What is in a file, to be read once from front to back; null where there is none of this key.</summary>
    ValueTask<Stream?> OpenAsync(string workspaceId, string key, CancellationToken cancellationToken = default);

    /// <summary>Removes files; those that are not there do not matter.</summary>
    ValueTask DeleteAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default);

    /// <summary>The workspace's files whose keys begin with a prefix, in the ordinal order of their keys.</summary>
    IAsyncEnumerable<MediaFile> ListAsync(string workspaceId, string prefix, CancellationToken cancellationToken = default);

    /// <summary>How many bytes all files of a workspace have together.</summary>
    ValueTask<long> CountBytesAsync(string workspaceId, CancellationToken cancellationToken = default);
}
