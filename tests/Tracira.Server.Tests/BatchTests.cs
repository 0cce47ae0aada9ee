using System.Text.Json;
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
    public async Task Beyond_the_limit_logs_are_refused_one_by_one_and_can_be_sent_again()
    {
        using var folder = new TemporaryServerFolder();
        await using ServerProcess limited = await ServerProcess.StartAsync(folder.Path, "", ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "5"));
        Answer first = await SendAsync(3);
        first.Headers["RateLimit-Remaining"].ShouldBe("2");
        first.Headers.ShouldNotContainKey("Retry-After");

        Answer second = await SendAsync(4);
        second.Status.ShouldBe(200);
        CodesOf(second).ShouldBe([null, null, "rate_limited", "rate_limited"]);
        second.Headers["RateLimit-Remaining"].ShouldBe("0");
        second.Headers["Retry-After"].ShouldBe("60");

        Answer third = await SendAsync(2);
        third.Status.ShouldBe(429);
        third["code"].ShouldBe("rate_limited");
        third.Headers["Retry-After"].ShouldBe("60");
        (await limited.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"x"}""")).Status.ShouldBe(429);
        (await limited.Http.GetJsonAsync("/api/logs"))["total"].ShouldBe("5");

        Task<Answer> SendAsync(int logs) => limited.Http.PostJsonAsync(
            "/api/logs/batch", $$"""{"logs":[{{string.Join(',', Enumerable.Repeat("""{"project":"p","output":"x"}""", logs))}}]}""");
    }

    [Fact]
    public async Task Files_come_with_the_logs_of_a_batch_as_with_others()
    {
        const string File = """[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}]""";
        string batch = $$"""
            {"logs":[
              {"project":"files","output":"x","id":"f-1","attachments":{{File}}},
              {"project":"files","output":"x","id":"f-2"},
              {"project":"files","output":"x","id":"f-3","sync":true,"outputAttachments":{{File}}},
              {"project":"files","output":"x","id":"f-4","attachments":[{"source":"uploaded","key":"default/uploads/none/a.txt"}]},
              {"project":"files","output":"x","id":"f-5","attachments":[{"source":"upload","data":"%","filename":"a.txt"}]},
              {"project":"files","output":"y","id":"f-1","attachments":{{File}}}
            ]}
            """;
        Answer answer = await Http.PostJsonAsync("/api/logs/batch", batch);
        CodesOf(answer).ShouldBe([null, null, null, "invalid_request", "invalid_request", "id_conflict"]);
        JsonElement[] items = [.. answer.Body.GetProperty("results").EnumerateArray()];
        items[2].GetProperty("status").GetString().ShouldBe("pass");
        foreach (string id in new[] { "f-1", "f-3" })
        {
            JsonElement kept = (await Http.GetJsonAsync($"/api/logs/{id}")).Body.GetProperty("attachments")[0];
            (await Http.GetStringAsync($"/api/media/{kept.GetProperty("key").GetString()}")).ShouldBe("Hello");
        }

        CodesOf(await Http.PostJsonAsync("/api/logs/batch", batch)).ShouldBe(CodesOf(answer), "a batch can be sent again");
        (await Http.GetJsonAsync("/api/logs?project=files"))["total"].ShouldBe("3");
    }

    private static IEnumerable<string?> CodesOf(Answer answer) => answer.Body.GetProperty("results").EnumerateArray()
        .Select(static item => item.TryGetProperty("code", out JsonElement code) ? code.GetString() : null);
}
