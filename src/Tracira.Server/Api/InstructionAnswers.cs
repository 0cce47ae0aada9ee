using Tracira.Server.Instructions;

namespace Tracira.Server.Api;

/// <summary>One version of the instructions for a task.</summary>
internal sealed record InstructionItem(string Project, string Task, string Content, int Version, DateTimeOffset CreatedAt)
{
    public string? TeachComment { get; init; }

    public string? LogId { get; init; }

    public static InstructionItem Of(string project, string task, InstructionVersion version) => new(project, task, version.Content, version.Version, version.CreatedAt)
    {
        TeachComment = version.TeachComment,
        LogId = version.LogId,
    };
}

/// <summary>The versions of the instructions for a task, the newest first.</summary>
internal sealed record InstructionVersionsAnswer(IReadOnlyList<InstructionItem> Versions);
