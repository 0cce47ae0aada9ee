namespace Tracira;

/// <summary>What a place is asked for by; names in any case.</summary>
internal readonly record struct NamedPlace(string WorkspaceId, string Project, string? Task)
{
    public bool Equals(NamedPlace other) => WorkspaceId == other.WorkspaceId && Same(Project, other.Project) && Same(Task, other.Task);

    public override int GetHashCode() => HashCode.Combine(
        WorkspaceId,
        Project.GetHashCode(StringComparison.OrdinalIgnoreCase),
        Task?.GetHashCode(StringComparison.OrdinalIgnoreCase));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
