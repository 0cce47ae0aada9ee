using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A draft rule over stored logs.</summary>
public sealed class BacktestTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task It_tells_what_would_have_been_flagged_and_how_that_differs_from_then_and_from_what_people_decided()
    {
        await Http.PostJsonAsync("/api/rules", """{"name":"Old","type":"keyword_forbidden","value":"old","projectName":"bt"}""");
        string rejected = await Send("bt", "new and old, rejected");
        await Send("bt", "only new");
        string approved = await Send("bt", "new and old, approved");
        string missed = await Send("bt", "old, rejected");
        await Send("bt", "nothing");
        await Send("elsewhere", "new");
        await Decide(rejected, "rejected");
        await Decide(approved, "approved");
        await Decide(missed, "rejected");

        Answer answer = await Test("""{"project":"bt","since":"1d","rule":{"name":"New","type":"keyword_forbidden","value":"new"}}""");
        answer.Status.ShouldBe(200);
        answer["evaluated"].ShouldBe("5");
        answer["flagged"].ShouldBe("3");
        answer["cut"].ShouldBe("False");
        JsonElement then = answer.Body.GetProperty("then");
        Numbers(then, "newlyFlagged", "stillFlagged", "flaggedByOthersOnly").ShouldBe([1, 2, 1]);
        JsonElement people = answer.Body.GetProperty("people");
        Numbers(people, "rightlyFlagged", "falseAlarms", "missed", "rightlyPassed").ShouldBe([1, 1, 1, 0]);
        people.GetProperty("precision").GetDouble().ShouldBe(0.5);
        people.GetProperty("recall").GetDouble().ShouldBe(0.5);
        JsonElement example = answer.Body.GetProperty("examples")[0];
        example.GetProperty("id").GetString().ShouldBe(rejected);
        example.GetProperty("humanDecision").GetString().ShouldBe("rejected");
        example.GetProperty("reason").GetString().ShouldBe("contains \"new\"");
    }

    [Fact]
    public async Task A_draft_keeps_to_its_own_scope_and_examples_to_their_limit()
    {
        for (int i = 0; i < 3; i++)
            await Send("scoped", $"red {i}", "draft");
        await Send("scoped", "red", "other");
        Answer answer = await Test(
            """{"examples":2,"rule":{"name":"x","type":"keyword_forbidden","value":"red","projectName":"scoped","taskName":"draft"}}""");
        answer["flagged"].ShouldBe("3");
        answer.Body.GetProperty("examples").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Moments_bound_what_is_evaluated()
    {
        await Send("moments", "red");
        (await Test(Within("\"to\":\"2020-01-01T00:00:00Z\"")))["evaluated"].ShouldBe("0");
        (await Test(Within("\"from\":\"2020-01-01T00:00:00Z\"")))["evaluated"].ShouldBe("1");

        static string Within(string bound) => "{" + bound + ""","project":"moments","rule":{"name":"x","type":"keyword_forbidden","value":"red"}}""";
    }

    [Theory]
    [InlineData("""{"rule":{"name":"x","type":"llm_judge","value":"be kind"}}""", "rule.type")]
    [InlineData("""{"rule":{"name":"x","type":"regex_match","value":"("}}""", "rule.value")]
    [InlineData("""{"since":"soon","rule":{"name":"x","type":"length_limit","value":"5"}}""", "since")]
    [InlineData("""{"since":"1d","from":"2026-01-01T00:00:00Z","rule":{"name":"x","type":"length_limit","value":"5"}}""", "since")]
    [InlineData("""{"examples":101,"rule":{"name":"x","type":"length_limit","value":"5"}}""", "examples")]
    [InlineData("""{}""", "rule")]
    public async Task What_cannot_be_run_is_refused_with_its_field_named(string body, string field)
    {
        Answer answer = await Test(body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    private static int[] Numbers(JsonElement element, params string[] names) => [.. names.Select(name => element.GetProperty(name).GetInt32())];

    private Task<Answer> Test(string body) => Http.PostJsonAsync("/api/rules/backtest", body);

    private async Task<string> Send(string project, string output, string task = "t") => (await Http.PostJsonAsync(
        "/api/logs", $$"""{"project":"{{project}}","task":"{{task}}","output":"{{output}}","sync":true}""")).Id;

    private async Task Decide(string id, string decision) =>
        (await Http.PatchJsonAsync($"/api/logs/{id}/decision", $$"""{"decision":"{{decision}}"}""")).Status.ShouldBe(200);
}
