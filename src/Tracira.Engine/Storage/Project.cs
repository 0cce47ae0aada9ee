namespace Tracira;

/// <summary>One automation whose outputs are checked.</summary>
/// <param name="Id">The project's identity.</param>
/// <param name="Name">Its name; no other project of the workspace has it, case disregarded.</param>
/// <param name="CreatedAt">When it was first used.</param>
public sealed record Project(string Id, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>A sign that people know it by, such as an emoji or the name of an icon; null for none.</summary>
    public string? Icon { get; init; }
}
