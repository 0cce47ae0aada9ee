namespace Tracira;

/// <summary>The project, and the task inside it, that a log belongs to.</summary>
/// <param name="Project">The project.</param>
/// <param name="TaskName">The task's name as first written, or null.</param>
public sealed record Placement(Project Project, string? TaskName);
