using System.CommandLine;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira rules test</c>: what a draft rule would have flagged among the logs that are stored.</summary>
internal static class RuleTestCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A JSON file with one rule: name, type and value" };
        var since = new Option<string?>("--since") { Description = "How far back, such as 12h, 30d or 2w [default: all logs]", HelpName = "SPAN" };
        var project = new Option<string?>("--project") { Description = "Only logs of this project", HelpName = "NAME" };
        var task = new Option<string?>("--task") { Description = "Only logs of this task", HelpName = "NAME" };
        var examples = new Option<int>("--examples") { Description = "How many flagged logs to show, 0 to 100", HelpName = "N", DefaultValueFactory = static _ => 10 };
        var command = new Command("test", "Run a draft rule over stored logs and tell what it would have flagged") { file, since, project, task, examples };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(file)!;
            IReadOnlyList<(Rule Rule, RuleBody Body)> rules = await RuleFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            if (rules.Count != 1)
                throw new CommandException($"{path} holds {rules.Count} rules; a test is about one.");
            var body = new BacktestBody(rules[0].Body)
            {
                Since = parsed.GetValue(since),
                Project = parsed.GetValue(project),
                Task = parsed.GetValue(task),
                Examples = parsed.GetValue(examples),
            };
            BacktestAnswer answer = await client.SendAsync(
                HttpMethod.Post, "/api/rules/backtest", body, ApiJson.Wire.BacktestBody, ApiJson.Wire.BacktestAnswer, cancellationToken).ConfigureAwait(false);
            Print(answer);
        });
        return command;
    }

    private static void Print(BacktestAnswer answer)
    {
        string cut = answer.Cut ? ", the oldest ones; there are more than could be evaluated in time" : "";
        Console.Out.WriteLine($"{answer.Flagged:N0} of {answer.Evaluated:N0} logs would have been flagged{cut}.");
        if (answer.Errors + answer.Skipped > 0)
            Console.Out.WriteLine($"{answer.Errors:N0} could not be evaluated, {answer.Skipped:N0} were skipped.");
        BacktestThen then = answer.Then;
        Console.Out.WriteLine(
            $"then:    {then.NewlyFlagged:N0} had passed, {then.StillFlagged:N0} were flagged too; "
            + $"{then.FlaggedByOthersOnly:N0} were flagged by other rules only");
        BacktestPeople people = answer.People;
        Console.Out.WriteLine(
            $"people:  {people.RightlyFlagged:N0} rightly flagged, {people.FalseAlarms:N0} false alarms, {people.Missed:N0} missed"
            + (people.Precision is { } precision ? $"; precision {precision:P0}" : ""));
        foreach (BacktestItem example in answer.Examples)
            Console.Out.WriteLine($"  {example.Id}  {example.Status,-7}  {example.HumanDecision ?? "-",-8}  {example.Reason}");
    }
}
