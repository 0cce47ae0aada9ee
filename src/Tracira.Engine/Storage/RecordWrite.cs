namespace Tracira;

/// <summary>A record to be written or removed.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="WorkspaceId">The workspace it belongs to; empty where it belongs to none.</param>
/// <param name="Id">Its identity among those of its kind and workspace; 1 to 200 characters.</param>
/// <param name="Json">What to keep of it; null removes it.</param>
/// <param name="ExpectedVersion">The version it must have for the write to happen, 0 where it must not be there; null where that does not matter.</param>
public sealed record RecordWrite(string Kind, string WorkspaceId, string Id, string? Json, long? ExpectedVersion = null);
