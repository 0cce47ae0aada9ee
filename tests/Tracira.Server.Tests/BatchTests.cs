using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>POST /api/logs/batch.</summary>
public sealed class BatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task Each_log_has_the_answer_it_would_have_had_alone()
    {
        await Http.PostJsonAsync("/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount","projectName":"batch"}""");
        Answer answer = await Http.PostJsonAsync("/api/logs/batch", """
            {"logs":[
              {"project":"batch","output":"fine"},
              {"project":"batch","output":"a discount","sync":"true","id":"b-1"},
              {"project":"batch","latencyMs":"soon"},
              {"project":"batch","output":"other","id":"b-1"},
              {"project":"batch","output":"a discount","sync":true,"id":"b-1"},
              7
            ]}
            """);
        answer.Status.ShouldBe(200);
        answer.ShouldMatchGolden("batch");
        (await Http.GetJsonAsync("/api/logs?project=batch"))["total"].ShouldBe("2");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"logs":[]}""")]
    [InlineData("""{"logs":{}}""")]
    [InlineData(null)]
    public async Task One_to_500_logs_are_taken(string? body)
    {
        body ??= $$"""{"logs":[{{string.Join(',', Enumerable.Repeat("{}", 501))}}]}""";
        Answer answer = await Http.PostJsonAsync("/api/logs/batch", body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe(["logs"]);
    }

    [Fact]
    public async Task Five_hundred_logs_are_stored_as_they_were_sent()
    {
        string logs = string.Join(',', Enumerable.Range(0, 500).Select(static i => $$"""{"project":"five-hundred","output":"number {{i}}","id":"n-{{i}}"}"""));
        Answer answer = await Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""");
        answer.Body.GetProperty("results").EnumerateArray().Select(static item => item.GetProperty("id").GetString())
            .ShouldBe(Enumerable.Range(0, 500).Select(static i => $"n-{i}"));
        (await Http.GetJsonAsync("/api/logs?project=five-hundred"))["total"].ShouldBe("500");
        (await Http.GetJsonAsync("/api/logs/n-321"))["output"].ShouldBe("number 321");
    }

    [Fact]
    public async Task What_is_not_a_JSON_object_of_the_workspaces_own_is_refused()
    {
        (await Http.PostJsonAsync("/api/logs/batch", "[]"))["code"].ShouldBe("invalid_json");
        (await Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":["{{new string('x', 33 * 1024 * 1024)}}"]}""")).Status.ShouldBe(413);
        using var text = new StringContent("logs");
        using HttpResponseMessage unsupported = await Http.PostAsync("/api/logs/batch", text);
        ((int)unsupported.StatusCode).ShouldBe(415);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.PostJsonAsync("/api/logs/batch", """{"logs":[{}]}""")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_batch_takes_a_permit_for_each_log_or_none_at_all()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        await using (ServerProcess limited = await ServerProcess.StartAsync(folder, "", ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "5")))
        {
            Answer tooMany = await SendAsync(6);
            tooMany.Status.ShouldBe(429);
            tooMany["code"].ShouldBe("rate_limited");
            tooMany.Headers["Retry-After"].ShouldBe("60");
            tooMany.Headers["RateLimit-Remaining"].ShouldBe("5");
            (await SendAsync(4)).Headers["RateLimit-Remaining"].ShouldBe("1");
            (await SendAsync(2)).Status.ShouldBe(429);
            (await SendAsync(1)).Status.ShouldBe(200);
            (await limited.Http.GetJsonAsync("/api/logs"))["total"].ShouldBe("5");

            Task<Answer> SendAsync(int logs) => limited.Http.PostJsonAsync(
                "/api/logs/batch", $$"""{"logs":[{{string.Join(',', Enumerable.Repeat("""{"project":"p","output":"x"}""", logs))}}]}""");
        }

        Directory.Delete(folder, recursive: true);
    }
}
