namespace Tracira;

/// <summary>One condition that every matching output is checked against.</summary>
/// <param name="Name">What people call the rule; it appears in verdicts. 1 to 200 characters.</param>
/// <param name="Type">The kind of condition.</param>
/// <param name="Value">The condition, in the short or long form of its <paramref name="Type"/> (see <c>docs/rules.md</c>).</param>
public sealed record Rule(string Name, RuleType Type, string Value)
{
    /// <summary>The identity the store knows the rule by; empty for a rule that lives only in code.</summary>
    public string Id { get; init; } = "";

    /// <summary>Counts up with each stored change, from 1; 0 for a rule that is not stored.</summary>
    public int Revision { get; init; }

    /// <summary>What the rule is for, in a person's words.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the rule is applied to logs. An inactive rule is kept but never evaluated by the pipeline.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>The project the rule is limited to, or null for a rule of the whole workspace.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The name of the project in <see cref="ProjectId"/>.</summary>
    public string? ProjectName { get; init; }

    /// <summary>The task, inside the project, the rule is limited to. Matched without regard to case.</summary>
    public string? TaskName { get; init; }

    /// <summary>For <see cref="RuleType.LlmJudge"/>: <c>anthropic</c>, <c>openai</c> or <c>openrouter</c>; null for the workspace's default.</summary>
    public string? JudgeProvider { get; init; }

    /// <summary>For <see cref="RuleType.LlmJudge"/>: the model to ask; null for the workspace's default.</summary>
    public string? JudgeModel { get; init; }

    /// <summary>When the rule was first stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the rule applies to a log of this project and task.</summary>
    public bool AppliesTo(string projectId, string? taskName) =>
        (ProjectId is null || ProjectId == projectId)
        && (TaskName is null || string.Equals(TaskName, taskName, StringComparison.OrdinalIgnoreCase));
}
