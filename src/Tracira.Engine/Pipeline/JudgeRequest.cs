namespace Tracira;

/// <summary>What a judge is asked.</summary>
/// <param name="WorkspaceId">Whose provider settings apply.</param>
/// <param name="Rule">The rule to judge by; of type <see cref="RuleType.LlmJudge"/>.</param>
/// <param name="Output">The output to judge.</param>
/// <param name="Input">The prompt or conversation the output answers, where known.</param>
public sealed record JudgeRequest(string WorkspaceId, Rule Rule, string Output, string? Input)
{
    /// <summary>What the AI proposes to do, as the text of a JSON object, where it came with the output or instead of one.</summary>
    public string? Action { get; init; }
}
