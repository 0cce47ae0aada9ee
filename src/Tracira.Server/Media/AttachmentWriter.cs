using Tracira.Server.Hosting;

namespace Tracira.Server.Media;

/// <summary>Stores files as a log's own.</summary>
internal sealed class AttachmentWriter(ITraciraStore store, ServerOptions options, TimeProvider time)
{
    /// <summary>Finds the files of ours that attachments name.</summary>
    /// <returns>For each of them, in order, its file; null where it names none, or none that the workspace has.</returns>
    public async ValueTask<IReadOnlyList<MediaFile?>> FindSourcesAsync(string workspaceId, IReadOnlyList<SentAttachment> sent)
    {
        var found = new MediaFile?[sent.Count];
        for (int i = 0; i < sent.Count; i++)
        {
            if (sent[i].Key is { } key && key.WorkspaceId == workspaceId)
                found[i] = await store.Media.FindAsync(workspaceId, sent[i].Identity).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Stores the files of a log, but for those that are to be fetched.</summary>
    /// <param name="workspaceId">The log's workspace.</param>
    /// <param name="logId">The log.</param>
    /// <param name="sent">The files as they were sent.</param>
    /// <param name="sources">Those of ours that they name.</param>
    /// <returns>The attachments as the log shall have them.</returns>
    /// <exception cref="StoreUnavailableException">A file cannot be stored.</exception>
    public async ValueTask<Attachment[]> StoreAsync(
        string workspaceId, string logId, IReadOnlyList<SentAttachment> sent, IReadOnlyList<MediaFile?> sources)
    {
        var attachments = new Attachment[sent.Count];
        for (int i = 0; i < sent.Count; i++)
        {
            Attachment attachment = sent[i].Describe();
            if (sources[i] is { } source)
                attachment = attachment with { Filename = sent[i].Filename ?? source.Filename, ContentType = source.ContentType };
            attachments[i] = sent[i].Source == AttachmentSource.Url
                ? attachment
                : await StoreAsync(workspaceId, logId, i, sent[i], attachment).ConfigureAwait(false);
        }

        return attachments;
    }

    /// <summary>Removes files that nobody needs any more; those that cannot be removed now are the reaper's.</summary>
    public async ValueTask DeleteAsync(string workspaceId, IEnumerable<string> keys)
    {
        try
        {
            if (keys.ToArray() is { Length: > 0 } all)
                await store.Media.DeleteAsync(workspaceId, all).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            // Whether the log was stored is decided: this must not look as if it were not.
        }
    }

    private async ValueTask<Attachment> StoreAsync(string workspaceId, string logId, int index, SentAttachment sent, Attachment attachment)
    {
        Stream content = sent.Source == AttachmentSource.Upload
            ? new Base64Stream(sent.Data)
            : await store.Media.OpenAsync(workspaceId, sent.Identity).ConfigureAwait(false) ?? throw Gone();
        await using (content.ConfigureAwait(false))
        {
            string key = MediaKey.OfLog(workspaceId, logId, index, attachment.Filename).ToString();
            var file = new MediaFile(workspaceId, key, attachment.Filename, attachment.ContentType, 0, time.GetUtcNow());
            long maxBytes = sent.Source == AttachmentSource.Upload ? options.AttachmentBytes : long.MaxValue; // the others were measured when they came
            MediaFile kept = await store.Media.SaveAsync(file, content, maxBytes).ConfigureAwait(false) ?? throw Gone();
            return attachment with { Key = key, Bytes = kept.Bytes };
        }

        static StoreUnavailableException Gone() => new("A file went away while it was being copied; nothing was accepted.");
    }
}
