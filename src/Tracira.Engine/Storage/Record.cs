namespace Tracira;

/// <summary>A small thing that is kept as JSON: a setting, a user, a key, an entry of the audit log.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="WorkspaceId">The workspace it belongs to; empty where it belongs to none.</param>
/// <param name="Id">Its identity among those of its kind and workspace; 1 to 200 characters.</param>
/// <param name="Json">What is kept of it.</param>
/// <param name="Version">How often it was written, from 1.</param>
public sealed record Record(string Kind, string WorkspaceId, string Id, string Json, long Version);
