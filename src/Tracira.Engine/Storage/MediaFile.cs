namespace Tracira;

/// <summary>A file that is kept beside the logs.</summary>
/// <param name="WorkspaceId">The workspace it belongs to.</param>
/// <param name="Key">Its path; begins with the workspace's id. At most 500 characters.</param>
/// <param name="Filename">What people call it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record MediaFile(string WorkspaceId, string Key, string Filename, string ContentType, long Bytes, DateTimeOffset CreatedAt);
