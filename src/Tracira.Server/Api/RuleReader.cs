using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>Reads a rule's fields over what the rule was before: absent fields stay, null and blank ones are cleared.</summary>
internal static class RuleReader
{
    private const int MaxName = 200;
    private const int MaxDescription = 2_000;

    private static readonly WireEnum<RuleType> Types = new(
        [.. Enum.GetValues<RuleType>().Select(static type => (type, RuleTypeNames.NameOf(type)))]);

    /// <summary>Reads, gathers faults, and checks that value and type fit. Says which project is meant, but does not look it up.</summary>
    public static Rule Read(FieldReader fields, Rule before)
    {
        bool isNew = before.Revision <= 1;
        bool named = isNew && before.Name.Length == 0;
        Rule rule = before with
        {
            Name = (named || fields.Has("name") ? fields.Required("name") : before.Name).Trim(),
            Type = isNew || fields.Has("type") ? ReadType(fields) : before.Type,
            Value = isNew || fields.Has("value") ? fields.Required("value") : before.Value,
            Description = Changed("description", before.Description),
            IsActive = fields.Boolean("isActive") ?? before.IsActive,
            TaskName = Changed("taskName", before.TaskName),
            JudgeProvider = Changed("llmJudgeProvider", before.JudgeProvider),
            JudgeModel = Changed("llmJudgeModel", before.JudgeModel),
        };
        if (fields.Has("projectId") || fields.Has("projectName"))
            rule = rule with { ProjectId = Changed("projectId", null), ProjectName = Changed("projectName", null) };

        if (rule.Name.Length is 0 or > MaxName)
            fields.Fault("name", $"must have 1 to {MaxName} characters");
        CheckLength("description", rule.Description, MaxDescription);
        CheckLength("projectName", rule.ProjectName, MaxName);
        CheckLength("taskName", rule.TaskName, MaxName);
        CheckLength("llmJudgeModel", rule.JudgeModel, MaxName);
        if (rule.TaskName is not null && rule.ProjectId is null && rule.ProjectName is null)
            fields.Fault("taskName", "needs projectId or projectName: a task is inside a project");
        if (rule.JudgeProvider is not null && !WorkspaceSettings.JudgeProviders.Contains(rule.JudgeProvider))
            fields.Fault("llmJudgeProvider", $"must be one of {string.Join(", ", WorkspaceSettings.JudgeProviders)}");
        if (fields.Errors.Count == 0 && RuleSet.Check(rule) is { } fault)
            fields.Fault("value", fault.Message);
        return rule;

        string? Changed(string name, string? was) =>
            !fields.Has(name) ? was : fields.Text(name, orNumber: true) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        void CheckLength(string name, string? text, int max)
        {
            if (text?.Length > max)
                fields.Fault(name, $"must have at most {max} characters");
        }
    }

    private static RuleType ReadType(FieldReader fields)
    {
        string text = fields.Required("type");
        if (text.Length > 0 && !Types.TryParse(text, out _))
            fields.Fault("type", $"must be one of {Types.All}");
        return Types.TryParse(text, out RuleType type) ? type : default;
    }
}
