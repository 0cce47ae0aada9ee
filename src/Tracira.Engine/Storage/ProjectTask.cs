namespace Tracira;

/// <summary>One step of a project.</summary>
/// <param name="Id">The task's identity.</param>
/// <param name="ProjectId">The project it is a step of.</param>
/// <param name="Name">Its name as first written; no other task of the project has it, case disregarded.</param>
/// <param name="CreatedAt">When it was first used.</param>
public sealed record ProjectTask(string Id, string ProjectId, string Name, DateTimeOffset CreatedAt);
