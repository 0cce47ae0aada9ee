namespace Tracira.Server.Instructions;

/// <summary>What an AI is told to do in one step of a project, as it was at one time.</summary>
/// <param name="Version">Counted from 1 for each project and task.</param>
/// <param name="Content">The text.</param>
/// <param name="CreatedAt">When it was saved.</param>
internal sealed record InstructionVersion(int Version, string Content, DateTimeOffset CreatedAt)
{
    /// <summary>What a reviewer said that led to this version.</summary>
    public string? TeachComment { get; init; }

    /// <summary>The log that the reviewer said it about.</summary>
    public string? LogId { get; init; }
}
