using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Tracira.Engine.Tests.Cases;
using Xunit;
using Case = Tracira.Engine.Tests.Cases.Case;

namespace Tracira.Server.Tests;

/// <summary>
/// The engine inside the executable, compiled ahead of time, says what the engine under the just-in-time compiler says, which the tests
/// of the engine hold to a plain reference: outcomes, reasons and places.
/// </summary>
public sealed class EngineAgreementTests : IDisposable
{
    private const int Sets = 9;
    private const int MaxRules = 25;
    private const int Seed = 20260120;
    private readonly TemporaryServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <param name="off">Says to the runtime what to do without; null to leave it everything.</param>
    [Theory]
    [InlineData(null)]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_executable_says_what_the_engine_says_with_and_without_vector_instructions(string? off)
    {
        (Rule[] rules, string[] outputs) = Draw();
        (string, string)[] environment = off is null ? [] : [(off, "0")];
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, "", environment);
        foreach (Rule rule in rules)
            (await server.Http.PostJsonAsync("/api/rules", Body(rule))).Status.ShouldBe(201, rule.Value);

        RuleSet expected = RuleSet.Compile(rules);
        var evaluation = new Evaluation();
        foreach (string output in outputs)
        {
            Answer log = await server.Http.PostJsonAsync("/api/logs", new JsonObject { ["project"] = "p", ["output"] = output, ["sync"] = true }.ToJsonString());
            Answer detail = await server.Http.GetJsonAsync($"/api/logs/{log.Id}");
            var said = detail.Body.GetProperty("appliedRules").EnumerateArray().ToDictionary(static applied => applied.GetProperty("ruleName").GetString()!, Told);
            expected.Evaluate(output, null, evaluation);
            said.Count.ShouldBe(rules.Length);
            foreach (RuleOutcome outcome in evaluation.Outcomes)
                said[outcome.Rule.Name].ShouldBe(Told(evaluation, outcome), $"{outcome.Rule.Value} over {JsonSerializer.Serialize(output)}");
        }
    }

    // One set of the rules of many cases: each output is held against all of them.
    private static (Rule[] Rules, string[] Outputs) Draw()
    {
        var random = new Random(Seed);
        Case[] cases = [.. Enumerable.Range(0, Sets).Select(_ => MixedCases.Make(new Draw(random.Next(), MaxRules)))];
        Rule[] rules = [.. cases.SelectMany(static drawn => drawn.Rules).Where(IsTheSameEverywhere).Select(static (rule, index) => rule with { Name = $"rule {index}" })];
        string[] outputs = [.. cases.SelectMany(static drawn => drawn.Inputs).Select(static input => input.Output).Where(CanBeSent)];
        (rules.Length * outputs.Length).ShouldBeGreaterThan(3_000); // outcomes to compare
        return (rules, outputs);
    }

    // Not those that go by the clock, or by how long they may take; and JSON carries no half of a pair.
    private static bool IsTheSameEverywhere(Rule rule) =>
        !rule.Value.Contains("within", StringComparison.Ordinal) && IsWellFormed(rule.Value) && RuleSet.Check(rule) is null;

    private static bool CanBeSent(string output) => !string.IsNullOrWhiteSpace(output) && IsWellFormed(output);

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Body(Rule rule) =>
        new JsonObject { ["name"] = rule.Name, ["type"] = RuleTypeNames.NameOf(rule.Type), ["value"] = rule.Value }.ToJsonString();

    private static string Told(JsonElement applied)
    {
        string matches = applied.TryGetProperty("matches", out JsonElement places)
            ? string.Join(' ', places.EnumerateArray().Select(static place => $"{place.GetProperty("start")}+{place.GetProperty("length")}"))
            : "";
        return $"{applied.GetProperty("outcome")} {(applied.TryGetProperty("summary", out JsonElement summary) ? summary.GetString() : "")} {matches}";
    }

    private static string Told(Evaluation evaluation, in RuleOutcome outcome) =>
        $"{outcome.Kind.ToString().ToLowerInvariant()} {evaluation.ReasonOf(outcome)} "
        + string.Join(' ', evaluation.MatchesOf(outcome).ToArray().Select(static place => $"{place.Start}+{place.Length}"));
}
