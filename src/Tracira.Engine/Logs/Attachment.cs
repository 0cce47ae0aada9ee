namespace Tracira;

/// <summary>A file that came with a log.</summary>
/// <param name="Filename">What people call it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Role">Whether the AI was given it or made it.</param>
public sealed record Attachment(string Filename, string ContentType, AttachmentRole Role)
{
    /// <summary>Where its content is kept in the media store; null while it is still to be fetched, or where that failed.</summary>
    public string? Key { get; init; }

    /// <summary>Its size in bytes; 0 while it is not kept.</summary>
    public long Bytes { get; init; }

    /// <summary>The address it is fetched from, where it was sent as one.</summary>
    public string? SourceUrl { get; init; }

    /// <summary>Why it could not be fetched.</summary>
    public string? Error { get; init; }
}
