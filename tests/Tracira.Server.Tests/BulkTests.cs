using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>PATCH /api/logs/bulk.</summary>
public sealed class BulkTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task Only_what_was_changed_is_counted()
    {
        string[] ids = await SubmitAsync(3);
        Answer approved = await BulkAsync("approve", [.. ids[..2], ids[0], "nothing"]);
        approved.Status.ShouldBe(200);
        approved.ShouldMatchGolden("bulk");
        (await BulkAsync("reject", ids))["count"].ShouldBe("1");
        (await Http.GetJsonAsync($"/api/logs/{ids[0]}"))["humanDecision"].ShouldBe("approved");
        (await Http.GetJsonAsync($"/api/logs/{ids[2]}"))["humanDecision"].ShouldBe("rejected");
        (await BulkAsync("approve", ids))["count"].ShouldBe("0");
    }

    [Fact]
    public async Task Deleted_logs_are_gone()
    {
        string[] ids = await SubmitAsync(3);
        (await BulkAsync("delete", [ids[0], ids[2], "nothing"]))["count"].ShouldBe("2");
        (await Http.GetJsonAsync($"/api/logs/{ids[0]}")).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/logs/{ids[1]}")).Status.ShouldBe(200);
        (await BulkAsync("delete", ids))["count"].ShouldBe("1");
    }

    [Fact]
    public async Task A_thousand_ids_are_taken_and_not_one_more()
    {
        string[] unknown = [.. Enumerable.Range(0, 1000).Select(static i => $"unknown-{i}")];
        (await BulkAsync("approve", unknown)).Status.ShouldBe(200);
        (await BulkAsync("approve", [.. unknown, "one-more"])).Fields.ShouldBe(["ids"]);
    }

    [Theory]
    [InlineData("{}", "ids,action")]
    [InlineData("""{"ids":[],"action":"approve"}""", "ids")]
    [InlineData("""{"ids":"a","action":"approve"}""", "ids")]
    [InlineData("""{"ids":["a",1],"action":"explode"}""", "ids,action")]
    public async Task A_bad_field_is_named(string body, string fields)
    {
        Answer answer = await Http.PatchJsonAsync("/api/logs/bulk", body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe(fields.Split(','));
    }

    [Fact]
    public async Task Without_a_token_or_JSON_nothing_happens()
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.PatchJsonAsync("/api/logs/bulk", """{"ids":["a"],"action":"approve"}""")).Status.ShouldBe(401);
        (await Http.PatchJsonAsync("/api/logs/bulk", "[")).Status.ShouldBe(400);
        using var text = new StringContent("ids=a");
        using HttpResponseMessage unsupported = await Http.PatchAsync("/api/logs/bulk", text);
        ((int)unsupported.StatusCode).ShouldBe(415);
    }

    [Fact]
    public async Task Bulk_decisions_at_once_count_every_log_once()
    {
        string[] ids = await SubmitAsync(100);
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => BulkAsync(i % 2 == 0 ? "approve" : "reject", ids)));
        answers.Sum(static answer => answer.Body.GetProperty("count").GetInt32()).ShouldBe(100);
        (await Http.GetJsonAsync("/api/logs?limit=100&project=bulk-100")).Executions
            .Select(static item => item.GetProperty("humanDecision").GetString()).Distinct().Count().ShouldBe(1);
    }

    private async Task<string[]> SubmitAsync(int count)
    {
        string logs = string.Join(',', Enumerable.Repeat($$"""{"project":"bulk-{{count}}","output":"x"}""", count));
        Answer answer = await Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""");
        return [.. answer.Body.GetProperty("results").EnumerateArray().Select(static item => item.GetProperty("id").GetString()!)];
    }

    private Task<Answer> BulkAsync(string action, string[] ids) =>
        Http.PatchJsonAsync("/api/logs/bulk", $$"""{"ids":["{{string.Join("\",\"", ids)}}"],"action":"{{action}}"}""");
}
