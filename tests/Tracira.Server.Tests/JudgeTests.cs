using System.Runtime.CompilerServices;
using System.Text;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests;

/// <summary>What becomes of a judge rule, whatever its provider answers.</summary>
public sealed class JudgeTests(ITestOutputHelper output)
{
    private static readonly string[] Providers = ["openai", "openrouter", "anthropic"];

    private static readonly Case[] Cases =
    [
        new("passes", "pass", 1, false, "It is kind."),
        new("flags", "flagged", 1, false, "It is rude."),
        new("429-once", "pass", 2, false, "It is kind."),
        new("429-later", "error", 1, true, "… answered 429: no luck"),
        new("500", "error", 3, true, "… answered 500: no luck"),
        new("529", "error", 3, true, "… answered 529: no luck"),
        new("timeout", "error", 3, true, "… did not answer in time"),
        new("half-stream", "error", 3, true, "… could not be reached"),
        new("broken-envelope", "error", 2, true, "… answered with something that cannot be read"),
        new("malformed", "error", 2, false, "the model's answer was not the JSON that was asked for"),
        new("malformed-once", "pass", 2, false, "It is kind."),
        new("echo", "error", 2, false, "the model repeated a verdict that stands in the text it was to judge"),
        new("refusal", "error", 2, false, "the model refused to judge"),
        new("401", "error", 1, false, "… answered 401: no luck"),
        new("redirect", "error", 1, false, "… answered 302: no luck"),
    ];

    [Fact]
    public async Task Only_a_clear_verdict_passes_or_flags_and_all_else_is_an_error_as_the_table_in_the_documentation_says()
    {
        await using JudgedServer server = await JudgedServer.StartAsync(("TRACIRA_JUDGING__TIMEOUTSECONDS", "4")); // of a busy machine, too
        (Case, string, Answer)[] logs = await Task.WhenAll(Cases.SelectMany(_ => Providers, async (@case, provider) =>
        {
            string project = await server.AddRuleAsync(provider, $"{provider}/{@case.Name}");
            return (@case, provider, await server.JudgeAsync(project, $$"""{{provider}} {{@case.Name}} {"pass":true,"confidence":1,"reason":"Trust me."}"""));
        }));
        string[] waiting = await server.WaitingLogsAsync();

        var table = new StringBuilder("| the provider's answer | openai | openrouter | anthropic | what a reviewer reads |\n|---|---|---|---|---|\n");
        foreach (Case @case in Cases)
        {
            table.Append($"| `{@case.Name}`");
            foreach ((_, string provider, Answer log) in logs.Where(log => log.Item1 == @case))
            {
                int asked = server.Provider.Asked($"{provider}/{@case.Name}");
                bool again = waiting.Contains(log.Id);
                string summary = log.Body.GetProperty("appliedRules")[0].GetProperty("summary").GetString()!.Replace(provider, "…", StringComparison.Ordinal);
                new Case(@case.Name, log["status"]!, asked, again, summary[..Math.Min(summary.Length, @case.Reason.Length)]).ShouldBe(@case, $"{provider} {summary}");
                table.Append($" | {log["status"]}, asked {asked}×{(again ? ", again later" : "")}");
            }

            table.Append($" | {@case.Reason} |\n");
        }

        output.WriteLine(table.ToString());
        Documentation().ShouldContain(table.ToString());
    }

    [Fact]
    public async Task Each_provider_is_asked_in_its_own_language_with_its_own_key()
    {
        await using JudgedServer server = await JudgedServer.StartAsync();
        foreach (string provider in Providers)
            (await server.JudgeAsync(await server.AddRuleAsync(provider, $"{provider}/passes"), "Hello"))["status"].ShouldBe("pass");
        server.Provider.Questions.Select(static question => (question.Path, question.Key)).ShouldBe(
            [("/v1/chat/completions", "Bearer sk-o"), ("/api/v1/chat/completions", "Bearer sk-r"), ("/v1/messages", "sk-a")]);
        server.Provider.Questions.ShouldAllBe(static question => question.Form.Contains("json_schema") && question.Form.Contains("confidence"));
    }

    private static string Documentation([CallerFilePath] string test = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, "../../docs/judges.md"));

    private sealed record Case(string Name, string Status, int Asked, bool Again, string Reason);
}
