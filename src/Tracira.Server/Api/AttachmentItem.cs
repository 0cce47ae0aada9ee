namespace Tracira.Server.Api;

/// <summary>A file of a log.</summary>
internal sealed record AttachmentItem(string Filename, string ContentType, string Role, long SizeBytes)
{
    /// <summary>Where it is kept; left out while it is being fetched, or where that failed.</summary>
    public string? Key { get; init; }

    /// <summary>Where to ask for it.</summary>
    public string? Url { get; init; }

    /// <summary>Why it could not be fetched.</summary>
    public string? Error { get; init; }

    public static AttachmentItem Of(Attachment attachment) =>
        new(attachment.Filename, attachment.ContentType, WireNames.Role[attachment.Role], attachment.Bytes)
        {
            Key = attachment.Key,
            Url = attachment.Key is null ? null : $"/api/media/{attachment.Key}",
            Error = attachment.Error,
        };
}
