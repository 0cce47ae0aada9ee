namespace Tracira.Server.Api;

/// <summary>Whose instructions are asked for, and what they begin with.</summary>
internal sealed record InstructionsBody(string Project, string Task)
{
    public string? Default { get; init; }
}

/// <summary>A new version of instructions.</summary>
internal sealed record InstructionVersionBody(string Project, string Task, string Content)
{
    public string? TeachComment { get; init; }

    public string? LogId { get; init; }
}
