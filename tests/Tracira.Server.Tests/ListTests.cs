using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>GET /api/logs.</summary>
public sealed class ListTests(ListTests.FilledServer server) : IClassFixture<ListTests.FilledServer>
{
    private HttpClient Http => server.Http;

    [Theory]
    [InlineData("", "e d c b a")]
    [InlineData("sortDir=asc", "a b c d e")]
    [InlineData("status=pass", "e c a")]
    [InlineData("status=flagged", "d b")]
    [InlineData("pending=true", "d b")]
    [InlineData("project=MAIL", "e b a")]
    [InlineData("project=mail&status=flagged", "b")]
    [InlineData("task=draft", "c a")]
    [InlineData("sessionId=s1", "b a")]
    [InlineData("subjectId=c2", "c")]
    [InlineData("actorId=bot", "d a")]
    [InlineData("q=GPT", "c a")]
    [InlineData("q=hat", "d c")]
    [InlineData("text=DISC", "d b")]
    [InlineData("text=a discount", "d")]
    [InlineData("text=discount&project=mail", "b")]
    [InlineData("text=x&sortBy=latencyMs&limit=2", "c a")]
    [InlineData("text=chat", "")]
    [InlineData("tags=vip", "c a")]
    [InlineData("tags=vip, eu", "c")]
    [InlineData("from=2026-01-02", "e d c b")]
    [InlineData("to=2026-01-02T00:00:00Z", "a")]
    [InlineData("from=2026-01-02T00:00:00%2B00:00&to=2026-01-04", "c b")]
    [InlineData("project=mail&status=pass&from=2026-01-01&to=2026-01-05", "a")]
    [InlineData("sortBy=projectName&sortDir=asc", "c d a b e")]
    [InlineData("sortBy=model&sortDir=asc", "d e a c b")]
    [InlineData("sortBy=status&sortDir=asc", "b d a c e")]
    [InlineData("sortBy=latencyMs", "c a b e d")]
    [InlineData("sortBy=costUsd&sortDir=asc", "b c d e a")]
    [InlineData("limit=2", "e d")]
    [InlineData("limit=2&page=3", "a")]
    [InlineData("limit=2&page=4", "")]
    [InlineData("status=&project=&q=", "e d c b a")]
    public async Task A_filter_and_a_sort_do_what_the_contract_says(string query, string expected)
    {
        Answer answer = await Http.GetJsonAsync($"/api/logs?{query}");
        answer.Status.ShouldBe(200);
        string.Join(' ', answer.Executions.Select(static log => log.GetProperty("id").GetString())).ShouldBe(expected);
    }

    [Fact]
    public async Task The_summary_is_over_the_whole_filter_and_not_the_page()
    {
        Answer answer = await Http.GetJsonAsync("/api/logs?limit=1");
        answer["total"].ShouldBe("5");
        answer["page"].ShouldBe("1");
        answer["limit"].ShouldBe("1");
        JsonElement summary = answer.Body.GetProperty("summary");
        summary.GetProperty("totalRuns").GetInt32().ShouldBe(5);
        summary.GetProperty("failuresDetected").GetInt32().ShouldBe(2);
        summary.GetProperty("pendingReviews").GetInt32().ShouldBe(2);
        summary.GetProperty("successRate").GetDouble().ShouldBe(60);
    }

    [Theory]
    [InlineData("text=discount", 2, 5)]
    [InlineData("text=x&project=chat&limit=1", 1, 2)]
    [InlineData("text=nothing", 0, 5)]
    public async Task A_search_says_how_far_it_came_and_its_summary_is_about_what_it_found(string query, int found, int searched)
    {
        Answer answer = await Http.GetJsonAsync($"/api/logs?{query}");
        answer["total"].ShouldBe($"{found}");
        answer.Body.GetProperty("summary").GetProperty("totalRuns").GetInt32().ShouldBe(found);
        JsonElement search = answer.Body.GetProperty("search");
        (search.GetProperty("searched").GetInt32(), search.GetProperty("complete").GetBoolean()).ShouldBe((searched, true));
        (await Http.GetJsonAsync("/api/logs?project=mail")).Body.TryGetProperty("search", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_nothing_matches_the_success_rate_is_100() =>
        (await Http.GetJsonAsync("/api/logs?project=none")).Body.GetProperty("summary").GetProperty("successRate").GetDouble().ShouldBe(100);

    [Fact]
    public async Task A_list_item_counts_the_turns_of_its_session() =>
        (await Http.GetJsonAsync("/api/logs?sessionId=s1")).Executions.First().GetProperty("sessionTurnCount").GetInt32().ShouldBe(2);

    [Theory]
    [InlineData("status=bad", "status")]
    [InlineData("pending=perhaps", "pending")]
    [InlineData("page=0", "page")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("page=99999999999", "page")]
    [InlineData("sortBy=output", "sortBy")]
    [InlineData("sortDir=up", "sortDir")]
    [InlineData("from=soon", "from")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        Answer answer = await Http.GetJsonAsync($"/api/logs?{query}");
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    /// <summary>A server with five logs, a to e, a day apart.</summary>
    public sealed class FilledServer : ServerFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await Http.PostJsonAsync("/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount"}""");
            foreach (string body in new[]
            {
                """{"id":"a","timestamp":"2026-01-01T12:00:00Z","project":"Mail","task":"Draft","output":"x","model":"gpt-4o","sessionId":"s1","actorId":"bot","tags":["vip"],"latencyMs":30,"costUsd":5}""",
                """{"id":"b","timestamp":"2026-01-02T12:00:00Z","project":"mail","output":"discount","model":"mistral","sessionId":"s1","subjectId":"c1","latencyMs":20}""",
                """{"id":"c","timestamp":"2026-01-03T12:00:00Z","project":"Chat","task":"draft","output":"x","model":"GPT-5","sessionId":"s2","subjectId":"c2","tags":["eu","vip"],"latencyMs":40,"costUsd":1}""",
                """{"id":"d","timestamp":"2026-01-04T12:00:00Z","project":"chat","output":"a discount","actorId":"bot","costUsd":2}""",
                """{"id":"e","timestamp":"2026-01-05T12:00:00Z","project":"mail","task":"send","output":"x","model":"claude","tags":["eu"],"latencyMs":10,"costUsd":3}""",
            })
                (await Http.PostJsonAsync("/api/logs", body)).Status.ShouldBe(202);
        }
    }
}
