using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary>A file of rules: a JSON array of rules as the API takes them, an object with one under <c>rules</c>, or a single rule.</summary>
internal static class RuleFile
{
    /// <summary>Reads and checks every rule of the file.</summary>
    /// <exception cref="CommandException">The file is not JSON, or rules in it are not valid; each fault is named.</exception>
    public static async Task<IReadOnlyList<(Rule Rule, RuleBody Body)>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new CommandException($"There is no file {path}.");
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            try
            {
                using JsonDocument document = await JsonDocument.ParseAsync(file, default, cancellationToken).ConfigureAwait(false);
                return Read(path, document.RootElement);
            }
            catch (JsonException exception)
            {
                throw new CommandException($"{path} is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
            }
        }
    }

    private static List<(Rule, RuleBody)> Read(string path, JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rules", out JsonElement inner))
            root = inner;
        else if (root.ValueKind == JsonValueKind.Object)
            return ReadAll(path, [root]);
        if (root.ValueKind != JsonValueKind.Array)
            throw new CommandException($"{path} must hold a JSON array of rules, each with name, type and value.");
        return ReadAll(path, root.EnumerateArray());
    }

    private static List<(Rule, RuleBody)> ReadAll(string path, IEnumerable<JsonElement> elements)
    {
        List<FieldError> errors = [];
        List<(Rule, RuleBody)> rules = [];
        foreach (JsonElement element in elements)
        {
            string place = $"rules[{rules.Count}]";
            if (element.ValueKind == JsonValueKind.Object)
            {
                Rule rule = RuleReader.Read(new FieldReader(element, errors, place + "."), new Rule("", default, ""));
                rules.Add((rule, BodyOf(rule)));
            }
            else
            {
                errors.Add(new FieldError(place, "must be an object"));
            }
        }

        if (errors.Count > 0)
            throw new CommandException($"{path} cannot be used:{string.Concat(errors.Select(static error => $"\n  {error.Field} {error.Message}"))}");
        return rules;
    }

    // Projects go by name: ids mean nothing in another workspace.
    private static RuleBody BodyOf(Rule rule) => new()
    {
        Name = rule.Name,
        Type = RuleTypeNames.NameOf(rule.Type),
        Value = rule.Value,
        Description = rule.Description,
        IsActive = rule.IsActive,
        ProjectName = rule.ProjectName,
        TaskName = rule.TaskName,
        LlmJudgeProvider = rule.JudgeProvider,
        LlmJudgeModel = rule.JudgeModel,
    };
}
