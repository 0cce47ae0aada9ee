namespace Tracira;

/// <summary>One automation whose outputs are checked.</summary>
/// <param name="Id">The project's identity.</param>
/// <param name="Name">Its name as first written.</param>
/// <param name="CreatedAt">When it was first used.</param>
public sealed record Project(string Id, string Name, DateTimeOffset CreatedAt);
