namespace Tracira.Server.Api;

/// <summary>A project or a task that is to be made.</summary>
internal sealed record ProjectBody(string Name);

/// <summary>What changes about a project.</summary>
internal sealed record ProjectChangeBody
{
    public string? Name { get; init; }

    public string? Icon { get; init; }

    /// <summary>Whether the project may become one with the project that has the name already.</summary>
    public bool? Merge { get; init; }

    public int? RetentionDays { get; init; }
}
