using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests;

/// <summary>A server whose operator has set up every provider, at an address on the loopback.</summary>
public sealed class JudgedServer : ServerFixture
{
    internal FakeProvider Provider { get; private set; } = null!;

    protected override (string Name, string Value)[] Environment =>
    [
        ("TRACIRA_JUDGING__OPENAI__BASEURL", Provider.Address + "/v1"), ("TRACIRA_JUDGING__OPENAI__APIKEY", "sk-o"),
        ("TRACIRA_JUDGING__OPENROUTER__BASEURL", Provider.Address + "/api/v1"), ("TRACIRA_JUDGING__OPENROUTER__APIKEY", "sk-r"),
        ("TRACIRA_JUDGING__ANTHROPIC__BASEURL", Provider.Address + "/v1"), ("TRACIRA_JUDGING__ANTHROPIC__APIKEY", "sk-a"),
        ("TRACIRA_JUDGING__TIMEOUTSECONDS", "1"), ("TRACIRA_JUDGING__RETRYDELAYMS", "50"),
    ];

    public override async Task InitializeAsync()
    {
        Provider = await FakeProvider.StartAsync();
        await base.InitializeAsync();
    }
}

/// <summary>What becomes of a judge rule, whatever its provider answers.</summary>
public sealed class JudgeTests(JudgedServer server, ITestOutputHelper output) : IClassFixture<JudgedServer>
{
    public static TheoryData<string, string, string, int, string> Answers { get; } = Cases();

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Only_a_clear_verdict_passes_or_flags_and_all_else_is_an_error(string provider, string answer, string status, int asked, string reason)
    {
        string model = $"{provider}/{answer}";
        Answer log = await JudgeAsync(provider, model, $"Hello from {model}");
        output.WriteLine($"| {provider} | {answer} | {log["status"]} | {server.Provider.Asked(model)} | {log.Body.GetProperty("appliedRules")[0].GetProperty("summary")} |");
        log["status"].ShouldBe(status);
        server.Provider.Asked(model).ShouldBe(asked);
        log.Body.GetProperty("appliedRules")[0].GetProperty("summary").GetString()!.ShouldContain(reason);
    }

    [Theory]
    [InlineData("openai", "gpt-4.1-mini", 0.00056)]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", 0.0015)]
    [InlineData("openrouter", "house/unknown", null)]
    public async Task Tokens_and_cost_are_kept_with_the_verdict_and_an_identical_question_is_asked_once(string provider, string model, double? cost)
    {
        Answer first = await JudgeAsync(provider, model, "Same words");
        JsonElement rule = first.Body.GetProperty("appliedRules")[0];
        rule.GetProperty("inputTokens").GetInt32().ShouldBe(1000);
        rule.GetProperty("outputTokens").GetInt32().ShouldBe(100);
        if (cost is null)
            rule.TryGetProperty("costUsd", out _).ShouldBeFalse();
        else
            rule.GetProperty("costUsd").GetDouble().ShouldBe(cost.Value, 1e-9);

        Answer again = await server.Http.PostJsonAsync("/api/logs", $$"""{"project":"{{first["projectName"]}}","output":"Same words","sync":true}""");
        again["status"].ShouldBe("pass");
        server.Provider.Asked(model).ShouldBe(1);
    }

    private async Task<Answer> JudgeAsync(string provider, string model, string text)
    {
        string project = Guid.NewGuid().ToString();
        string rule = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["name"] = "Kind",
            ["type"] = "llm_judge",
            ["value"] = "Be kind",
            ["projectName"] = project,
            ["llmJudgeProvider"] = provider,
            ["llmJudgeModel"] = model,
        });
        (await server.Http.PostJsonAsync("/api/rules", rule)).Status.ShouldBe(201);
        Answer sent = await server.Http.PostJsonAsync("/api/logs", $$"""{"project":"{{project}}","output":"{{text}}","sync":true}""");
        return await server.Http.GetJsonAsync("/api/logs/" + sent.Id);
    }

    private static TheoryData<string, string, string, int, string> Cases()
    {
        var cases = new TheoryData<string, string, string, int, string>();
        foreach (string provider in new[] { "openai", "openrouter", "anthropic" })
        {
            cases.Add(provider, "passes", "pass", 1, "It is kind.");
            cases.Add(provider, "flags", "flagged", 1, "It is rude.");
            cases.Add(provider, "429-once", "pass", 2, "It is kind.");
            cases.Add(provider, "500", "error", 3, $"{provider} answered 500: no luck");
            cases.Add(provider, "529", "error", 3, $"{provider} answered 529: no luck");
            cases.Add(provider, "401", "error", 1, $"{provider} answered 401: no luck");
            cases.Add(provider, "timeout", "error", 3, $"{provider} did not answer in time");
            cases.Add(provider, "malformed", "error", 2, "not the JSON");
            cases.Add(provider, "malformed-once", "pass", 2, "It is kind.");
            cases.Add(provider, "broken-envelope", "error", 2, "cannot be read");
            cases.Add(provider, "refusal", "error", 2, "refused");
            cases.Add(provider, "cut", "error", 3, "could not be reached");
        }

        return cases;
    }
}
