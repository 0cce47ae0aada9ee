using System.CommandLine;
using System.Text;
using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira evaluate</c>: rules from a file against one output, without a server.</summary>
internal static class EvaluateCommand
{
    private const int Pass = 0;
    private const int Flagged = 1;

    public static Command Create()
    {
        var rules = new Option<string>("--rules") { Description = "A JSON array of rules, as `tracira rules export` writes it", HelpName = "FILE", Required = true };
        var confidence = new Option<double?>("--confidence") { Description = "The model's own confidence, 0 to 1", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print the verdict as JSON" };
        var file = new Argument<string>("file") { Description = "File with the output to check; - for standard input", DefaultValueFactory = static _ => "-" };
        var command = new Command("evaluate", "Check one output against rules from a file, offline. Exit code: 0 pass, 1 flagged, 2 error")
        {
            rules, confidence, json, file,
        };
        command.Runs(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<(Rule Rule, RuleBody Body)> set = await RuleFile.ReadAsync(parsed.GetValue(rules)!, cancellationToken).ConfigureAwait(false);
            string output = await ReadOutputAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            var submission = new LogSubmission("evaluate", output) { Confidence = parsed.GetValue(confidence) };
            if (submission.Validate() is [{ } error, ..])
                throw new CommandException($"{error.Field} {error.Message}.");

            var store = new InMemoryStore();
            using var catalog = new RuleCatalog(store);
            var pipeline = new LogPipeline(store, catalog);
            await using (pipeline.ConfigureAwait(false))
            {
                Rule[] active = [.. set.Select(static entry => entry.Rule).Where(static rule => rule.IsActive)];
                Log log = await pipeline
                    .TryAsync(Workspace.DefaultId, active, output, submission.Confidence, cancellationToken).ConfigureAwait(false);
                Print(log, parsed.GetValue(json));
                return log.Status switch { LogStatus.Pass => Pass, LogStatus.Flagged => Flagged, _ => CommandActions.Failure };
            }
        });
        return command;
    }

    private static async Task<string> ReadOutputAsync(string path, CancellationToken cancellationToken)
    {
        if (path != "-")
        {
            return File.Exists(path)
                ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)
                : throw new CommandException($"There is no file {path}.");
        }

        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        return await input.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Print(Log log, bool json)
    {
        string status = WireNames.Status[log.Status];
        if (json)
        {
            var answer = new EvaluateAnswer(status, log.ConfidenceScore, log.Explanation, status, AppliedRuleItem.Of(log));
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, ApiJson.Readable.EvaluateAnswer));
            return;
        }

        Console.Out.WriteLine(status);
        foreach (AppliedRule applied in log.AppliedRules)
        {
            string reason = applied.Reason is null ? "" : $": {applied.Reason}";
            Console.Out.WriteLine($"  {WireNames.Outcome[applied.Outcome],-7}  {applied.Rule.Name}{reason}");
        }
    }
}
