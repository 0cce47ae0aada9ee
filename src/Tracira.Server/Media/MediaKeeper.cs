namespace Tracira.Server.Media;

/// <summary>Sees to it that files go with what they belong to.</summary>
internal sealed class MediaKeeper(ITraciraStore store, TimeProvider time)
{
    /// <summary>How long an upload waits for a log.</summary>
    public static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(24);

    // A log's files are stored shortly before the log is: what is younger than this may still get its log.
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(10);
    private const int BatchSize = 100;

    /// <summary>Removes the files of logs that are gone.</summary>
    public async ValueTask RemoveLogMediaAsync(string workspaceId, IReadOnlyList<string> logIds)
    {
        if (await store.Media.CountBytesAsync(workspaceId).ConfigureAwait(false) == 0)
            return;
        List<string> keys = [];
        foreach (string id in logIds)
        {
            await foreach (MediaFile file in store.Media.ListAsync(workspaceId, MediaKey.PrefixOf(workspaceId, id)).ConfigureAwait(false))
            {
                if (MediaKey.Parse(file.Key) is { IsUpload: false })
                    keys.Add(file.Key);
            }
        }

        await RemoveAsync(workspaceId, keys).ConfigureAwait(false);
    }

    /// <summary>The keys of the files that came with the logs of a project or of one of its tasks; ask before the logs are gone.</summary>
    public async ValueTask<IReadOnlyList<string>> FindAsync(string workspaceId, string projectId, string? taskName = null)
    {
        List<string> keys = [];
        (string Id, bool IsMeant) log = ("", false);
        await foreach (MediaFile file in store.Media.ListAsync(workspaceId, $"{workspaceId}/").ConfigureAwait(false))
        {
            if (MediaKey.Parse(file.Key) is not { IsUpload: false } key)
                continue;
            if (key.OwnerId != log.Id) // a log's files come one behind the other
                log = (key.OwnerId, IsMeant(await store.Logs.FindAsync(workspaceId, key.OwnerId).ConfigureAwait(false)));
            if (log.IsMeant)
                keys.Add(file.Key);
        }

        return keys;

        bool IsMeant(Log? log) =>
            log?.ProjectId == projectId && (taskName is null || string.Equals(log.TaskName, taskName, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Removes files.</summary>
    public async ValueTask RemoveAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        foreach (string[] batch in keys.Chunk(BatchSize))
            await store.Media.DeleteAsync(workspaceId, batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes uploads that no log has taken in time, and files whose log is gone or never came.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        int removed = 0;
        foreach (Workspace workspace in await store.Workspaces.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            List<string> keys = [];
            (string Id, bool Exists) log = ("", false);
            await foreach (MediaFile file in store.Media.ListAsync(workspace.Id, $"{workspace.Id}/", cancellationToken).ConfigureAwait(false))
            {
                if (MediaKey.Parse(file.Key) is not { } key)
                    continue;
                TimeSpan age = time.GetUtcNow() - file.CreatedAt;
                if (!key.IsUpload && age >= OrphanAge && key.OwnerId != log.Id) // a log's files come one behind the other
                    log = (key.OwnerId, await store.Logs.FindAsync(workspace.Id, key.OwnerId, cancellationToken).ConfigureAwait(false) is not null);
                if (key.IsUpload ? age >= UploadLifetime : age >= OrphanAge && !log.Exists)
                    keys.Add(file.Key);
            }

            await RemoveAsync(workspace.Id, keys, cancellationToken).ConfigureAwait(false);
            removed += keys.Count;
        }

        return removed;
    }
}
