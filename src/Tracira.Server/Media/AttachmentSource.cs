namespace Tracira.Server.Media;

/// <summary>The ways in which a file can come with a log.</summary>
internal enum AttachmentSource
{
    /// <summary>As an address to be fetched.</summary>
    Url,

    /// <summary>Inside the request, in base64.</summary>
    Upload,

    /// <summary>Uploaded before, by a link of ours.</summary>
    Uploaded,

    /// <summary>As a copy of an earlier log's file.</summary>
    Stored,
}
