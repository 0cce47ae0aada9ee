namespace Tracira.Server.Api;

/// <summary>Tells the audit log what a change of a rule was: each field that differs, as <c>old → new</c>.</summary>
internal static class RuleChanges
{
    private const int MaxShown = 200;

    private static readonly (string Name, Func<Rule, string?> Read)[] Fields =
    [
        ("name", static rule => rule.Name),
        ("type", static rule => RuleTypeNames.NameOf(rule.Type)),
        ("value", static rule => rule.Value),
        ("description", static rule => rule.Description),
        ("isActive", static rule => rule.IsActive ? "true" : "false"),
        ("project", static rule => rule.ProjectName),
        ("task", static rule => rule.TaskName),
        ("llmJudgeProvider", static rule => rule.JudgeProvider),
        ("llmJudgeModel", static rule => rule.JudgeModel),
    ];

    public static Dictionary<string, string?> Between(Rule before, Rule after) => Fields
        .Where(field => field.Read(before) != field.Read(after))
        .ToDictionary(static field => field.Name, field => (string?)$"{Show(field.Read(before))} → {Show(field.Read(after))}");

    /// <summary>What a rule is, as far as its fields are filled in.</summary>
    public static Dictionary<string, string?> Of(Rule rule) => Fields
        .Where(field => field.Read(rule) is not null)
        .ToDictionary(static field => field.Name, field => (string?)Show(field.Read(rule)));

    private static string Show(string? value) => value switch
    {
        null => "nothing",
        { Length: > MaxShown } => value[..MaxShown] + "…",
        _ => value,
    };
}
