namespace Tracira.Server.Api;

/// <summary>A rule.</summary>
internal sealed record RuleItem
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? Description { get; init; }

    public required string Value { get; init; }

    public required bool IsActive { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? TaskName { get; init; }

    public string? LlmJudgeProvider { get; init; }

    public string? LlmJudgeModel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static RuleItem Of(Rule rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Type = RuleTypeNames.NameOf(rule.Type),
        Description = rule.Description,
        Value = rule.Value,
        IsActive = rule.IsActive,
        ProjectId = rule.ProjectId,
        ProjectName = rule.ProjectName,
        TaskName = rule.TaskName,
        LlmJudgeProvider = rule.JudgeProvider,
        LlmJudgeModel = rule.JudgeModel,
        CreatedAt = rule.CreatedAt,
    };
}

/// <summary>What a rule that is tried out says about an output.</summary>
internal sealed record EvaluateAnswer(
    string Verdict, double? ConfidenceScore, string? Explanation, string Status, IReadOnlyList<AppliedRuleItem> AppliedRules);
