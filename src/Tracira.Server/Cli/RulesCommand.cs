using System.CommandLine;
using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira rules list|import|export|test</c>.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "List, import, export and test the workspace's rules")
    {
        List(), Import(), Export(), RuleTestCommand.Create(),
    };

    private static Command List()
    {
        var command = new Command("list", "List the rules");
        command.RunsInWorkspace(static async (client, _, cancellationToken) =>
        {
            IReadOnlyList<RuleItem> rules = await ReadAsync(client, cancellationToken).ConfigureAwait(false);
            foreach (RuleItem rule in rules)
            {
                string scope = rule.ProjectName is null ? "everywhere" : rule.TaskName is null ? rule.ProjectName : $"{rule.ProjectName} / {rule.TaskName}";
                string state = rule.IsActive ? "on " : "off";
                Console.Out.WriteLine($"{state}  {rule.Type,-28}  {Short(rule.Name, 36),-36}  {Short(scope, 24),-24}  {Short(rule.Value, 60)}");
            }

            if (rules.Count == 0)
                Console.Out.WriteLine("No rules yet. `tracira rules import FILE` brings some, and so does POST /api/rules.");
        });
        return command;
    }

    private static Command Export()
    {
        var file = new Argument<string>("file") { Description = "File to write; - for standard output", DefaultValueFactory = static _ => "-" };
        var command = new Command("export", "Write the rules as a file that import and evaluate read") { file };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            IReadOnlyList<RuleItem> rules = await ReadAsync(client, cancellationToken).ConfigureAwait(false);
            RuleBody[] bodies = [.. rules.Select(BodyOf)];
            string json = JsonSerializer.Serialize(bodies, ApiJson.Readable.IReadOnlyListRuleBody) + Environment.NewLine;
            string path = parsed.GetValue(file)!;
            if (path == "-")
                await Console.Out.WriteAsync(json).ConfigureAwait(false);
            else
                await File.WriteAllTextAsync(path, json, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "A JSON array of rules, each with name, type and value" };
        var command = new Command("import", "Add rules from a file; a rule of the same name and scope is changed instead") { file };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            IReadOnlyList<(Rule Rule, RuleBody Body)> wanted = await RuleFile.ReadAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RuleItem> known = await ReadAsync(client, cancellationToken).ConfigureAwait(false);
            int changed = 0;
            foreach (RuleBody body in wanted.Select(static rule => rule.Body))
            {
                if (known.FirstOrDefault(rule => IsSame(rule, body)) is { } same)
                {
                    await client.SendAsync(
                        HttpMethod.Patch, $"/api/rules/{same.Id}", body, ApiJson.Wire.RuleBody, ApiJson.Wire.OkAnswer, cancellationToken).ConfigureAwait(false);
                    changed++;
                }
                else
                {
                    await client.SendAsync(
                        HttpMethod.Post, "/api/rules", body, ApiJson.Wire.RuleBody, ApiJson.Wire.RuleItem, cancellationToken).ConfigureAwait(false);
                }
            }

            Console.Out.WriteLine($"{wanted.Count - changed} rules added, {changed} changed.");
        });
        return command;
    }

    private static bool IsSame(RuleItem rule, RuleBody body) =>
        string.Equals(rule.Name, body.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(rule.ProjectName, body.ProjectName, StringComparison.OrdinalIgnoreCase)
        && string.Equals(rule.TaskName, body.TaskName, StringComparison.OrdinalIgnoreCase);

    private static RuleBody BodyOf(RuleItem rule) => new()
    {
        Name = rule.Name,
        Type = rule.Type,
        Value = rule.Value,
        Description = rule.Description,
        IsActive = rule.IsActive,
        ProjectName = rule.ProjectName,
        TaskName = rule.TaskName,
        LlmJudgeProvider = rule.LlmJudgeProvider,
        LlmJudgeModel = rule.LlmJudgeModel,
    };

    private static Task<IReadOnlyList<RuleItem>> ReadAsync(OperatorClient client, CancellationToken cancellationToken) =>
        client.GetAsync("/api/rules", ApiJson.Wire.IReadOnlyListRuleItem, cancellationToken);

    private static string Short(string text, int max)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= max ? line : line[..(max - 1)] + "…";
    }
}
