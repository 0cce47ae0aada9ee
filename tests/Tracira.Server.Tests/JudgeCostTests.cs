using System.Text.Json;
using Microsoft.Extensions.AI;
using Shouldly;
using Tracira.Server.Hosting;
using Tracira.Server.Judging;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What judging costs: told where it is known, never guessed, and paid once for the same question.</summary>
public sealed class JudgeCostTests(JudgedServerFixture fixture) : IClassFixture<JudgedServerFixture>, IDisposable
{
    private readonly JudgedServer _server = fixture.Server;
    private readonly TemporaryServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("openai", "gpt-6-luna", 0.00015)]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", 0.0015)]
    [InlineData("openrouter", "house/unknown", null)]
    public async Task Tokens_and_cost_are_kept_with_the_verdict_and_an_identical_question_is_asked_once(string provider, string model, double? cost)
    {
        string project = await _server.AddRuleAsync(provider, model);
        JsonElement rule = (await _server.JudgeAsync(project, "Same words")).Body.GetProperty("appliedRules")[0];
        rule.GetProperty("inputTokens").GetInt32().ShouldBe(1000);
        rule.GetProperty("outputTokens").GetInt32().ShouldBe(100);
        if (cost is null)
            rule.TryGetProperty("costUsd", out _).ShouldBeFalse();
        else
            rule.GetProperty("costUsd").GetDouble().ShouldBe(cost.Value, 1e-9);

        Answer again = await _server.JudgeAsync(project, "Same words");
        again["status"].ShouldBe("pass");
        again.Body.GetProperty("appliedRules")[0].GetProperty("inputTokens").GetInt32().ShouldBe(0);
        _server.Provider.Asked(model).ShouldBe(1);
        await _server.JudgeAsync(project, "Other words");
        _server.Provider.Asked(model).ShouldBe(2);
    }

    [Theory]
    [InlineData("gpt-6-luna", 1_000_000, 1_000_000, null)] // longer than what the price is for
    [InlineData("gpt-6-luna", 200_000, 100_000, 0.07)]
    [InlineData("claude-haiku-5-5", 100_000, 0, 0.01)]
    [InlineData("claude-haiku-5-5", 100_001, 0, null)]
    [InlineData("GPT-4.1-mini-2025-04-14", 1_000, 100, 0.00056)]
    [InlineData("gpt-4.1-mini-of-our-own", 1_000, 100, null)]
    [InlineData("my-gpt-4.1-mini", 1_000, 100, null)]
    [InlineData("llama3", 1_000, 100, null)]
    public void A_price_is_that_of_the_very_model_and_of_prompts_that_it_is_for(string model, int input, int output, double? cost)
    {
        JudgeUsage usage = Prices().Price(model, Used(input, output))!;
        (usage.InputTokens, usage.OutputTokens).ShouldBe((input, output));
        if (cost is null)
            usage.CostUsd.ShouldBeNull();
        else
            usage.CostUsd!.Value.ShouldBe(cost.Value, 1e-9);
    }

    [Fact]
    public void Without_tokens_nothing_is_known() => Prices().Price("gpt-6-luna", new UsageDetails()).ShouldBeNull();

    [Fact]
    public void A_file_in_the_data_folder_stands_in_for_ours_and_may_have_comments()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "prices.json"), """
            // what the contract says
            [ { "model": "llama3", "inputPerMillion": 1, "outputPerMillion": 2 }, ]
            """);
        Prices().Price("llama3", Used(1_000_000, 1_000_000))!.CostUsd.ShouldBe(3);
        Prices().Price("gpt-6-luna", Used(1, 1))!.CostUsd.ShouldBeNull();
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_of_at_the_start()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "prices.json"), """{"llama3":1}""");
        Should.Throw<IOException>(() => Prices()).Message.ShouldContain("prices.json");
    }

    private ModelPrices Prices() => new(new ServerOptions { DataFolder = _folder.Path, Urls = "" });

    private static UsageDetails Used(long input, long output) => new() { InputTokenCount = input, OutputTokenCount = output };
}
