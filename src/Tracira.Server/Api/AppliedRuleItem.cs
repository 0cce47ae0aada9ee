namespace Tracira.Server.Api;

/// <summary>What one rule said about a log, with the rule as it was then.</summary>
internal sealed record AppliedRuleItem
{
    public required string RuleId { get; init; }

    public required string RuleName { get; init; }

    public required string RuleType { get; init; }

    public required string RuleValue { get; init; }

    /// <summary><c>global</c>, <c>project</c> or <c>task</c>.</summary>
    public required string Scope { get; init; }

    public string? ProjectName { get; init; }

    public string? TaskName { get; init; }

    /// <summary><c>passed</c>, <c>flagged</c>, <c>error</c> or <c>skipped</c>.</summary>
    public required string Outcome { get; init; }

    public string? Summary { get; init; }

    /// <summary><c>deterministic</c> or <c>llm</c>.</summary>
    public required string Evaluator { get; init; }

    public string? Model { get; init; }

    public string? LlmOutput { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    /// <summary>What asking the judge cost, in US dollars.</summary>
    public double? CostUsd { get; init; }

    public IReadOnlyList<MatchItem>? Matches { get; init; }

    public static IReadOnlyList<AppliedRuleItem> Of(Log log) => [.. log.AppliedRules.Select(Of)];

    private static AppliedRuleItem Of(AppliedRule applied) => new()
    {
        RuleId = applied.Rule.Id,
        RuleName = applied.Rule.Name,
        RuleType = RuleTypeNames.NameOf(applied.Rule.Type),
        RuleValue = applied.Rule.Value,
        Scope = applied.Rule.TaskName is not null ? "task" : applied.Rule.ProjectId is not null ? "project" : "global",
        ProjectName = applied.Rule.ProjectName,
        TaskName = applied.Rule.TaskName,
        Outcome = WireNames.Outcome[applied.Outcome],
        Summary = applied.Outcome == RuleOutcomeKind.Undecided ? "not judged yet" : applied.Reason,
        Evaluator = applied.Rule.Type == Tracira.RuleType.LlmJudge ? "llm" : "deterministic",
        Model = applied.Model,
        LlmOutput = applied.LlmOutput,
        InputTokens = applied.Usage?.InputTokens,
        OutputTokens = applied.Usage?.OutputTokens,
        CostUsd = applied.Usage?.CostUsd,
        Matches = applied.Matches.Count == 0 ? null : [.. applied.Matches.Select(static match => new MatchItem(match.Start, match.Length))],
    };
}

/// <summary>A place in the output, in UTF-16 code units.</summary>
internal sealed record MatchItem(int Start, int Length);
