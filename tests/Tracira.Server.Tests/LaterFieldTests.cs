using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The fields of POST /api/logs that came later: actions, approval, revisions; and what is left out of metadata.</summary>
public sealed class LaterFieldTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task An_action_stands_for_an_output_and_rules_reach_into_it()
    {
        await Http.PostJsonAsync(
            "/api/rules", """{"name":"Small refunds","type":"json_field","value":"action.params.amount <= 100","projectName":"actions"}""");
        Answer submitted = await Http.PostJsonAsync("/api/logs", """
            {"project":"actions","action":{"name":"refund","summary":"Refund 250 €","params":{"amount":250}},"sync":true}
            """);
        submitted.Status.ShouldBe(200);
        submitted.ShouldMatchGolden("action-verdict");
        (await Http.GetJsonAsync($"/api/logs/{submitted.Id}")).ShouldMatchGolden("action-log");
    }

    [Fact]
    public async Task A_log_that_requires_approval_waits_for_a_person_whatever_the_rules_say()
    {
        Answer submitted = await Http.PostJsonAsync(
            "/api/logs", """{"project":"approval","output":"x","requireApproval":"true","instructionsVersion":"3","sync":true}""");
        submitted["status"].ShouldBe("flagged");
        submitted["explanation"].ShouldBe("approval required");
        Answer log = await Http.GetJsonAsync($"/api/logs/{submitted.Id}");
        log["requireApproval"].ShouldBe("True");
        log["instructionsVersion"].ShouldBe("3");
        (await Http.GetJsonAsync("/api/logs?pending=true&project=approval"))["total"].ShouldBe("1");
    }

    [Fact]
    public async Task Every_attempt_shows_the_whole_chain()
    {
        foreach (string body in new[]
        {
            """{"project":"chain","output":"1","id":"first"}""",
            """{"project":"chain","output":"2","id":"second","revisionOf":"first"}""",
            """{"project":"chain","output":"3","id":"third","revisionOf":"second"}""",
        })
            (await Http.PostJsonAsync("/api/logs", body)).Status.ShouldBe(202);
        foreach (string id in new[] { "first", "second", "third" })
            (await Http.GetJsonAsync($"/api/logs/{id}"))["revisions"].ShouldBe("""["first","second","third"]""");
        (await Http.GetJsonAsync("/api/logs/second"))["revisionOf"].ShouldBe("first");
    }

    [Theory]
    [InlineData("""{"project":"p","output":"x","action":"refund"}""", "action")]
    [InlineData("""{"project":"p","output":"x","revisionOf":"nothing"}""", "revisionOf")]
    [InlineData("""{"project":"p","output":"x","revisionOf":"not an id"}""", "revisionOf")]
    [InlineData("""{"project":"p","output":"x","instructionsVersion":0}""", "instructionsVersion")]
    [InlineData("""{"project":"p","output":"x","instructionsVersion":1.5}""", "instructionsVersion")]
    [InlineData("""{"project":"p","output":"x","instructionsVersion":1e300}""", "instructionsVersion")]
    [InlineData("""{"project":"p","output":"x","requireApproval":"perhaps"}""", "requireApproval")]
    [InlineData("""{"project":"p"}""", "output")]
    public async Task A_bad_field_is_named(string body, string field)
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Metadata_that_says_nothing_is_left_out()
    {
        Answer submitted = await Http.PostJsonAsync("/api/logs", """{"project":"meta","output":"x","metadata":{"a":null,"b":" ","c":0,"d":false,"e":{"f":null}}}""");
        (await Http.GetJsonAsync($"/api/logs/{submitted.Id}"))["metadata"].ShouldBe("""{"c":0,"d":false,"e":{"f":null}}""");
    }

    [Theory]
    [InlineData("latencyMs", "\" 12.5 \"", "12.5")]
    [InlineData("costUsd", "\"1e-3\"", "0.001")]
    [InlineData("confidence", "\"\"", null)]
    [InlineData("id", "4711", "4711")]
    [InlineData("task", "7", "7")]
    public async Task No_code_tools_may_send_numbers_as_strings_and_ids_as_numbers(string field, string sent, string? kept)
    {
        Answer submitted = await Http.PostJsonAsync("/api/logs", $$"""{"project":"strings","output":"x","{{field}}":{{sent}}}""");
        submitted.Status.ShouldBe(202);
        (await Http.GetJsonAsync($"/api/logs/{submitted.Id}"))[field == "task" ? "taskName" : field].ShouldBe(kept);
    }

    [Fact]
    public async Task A_blank_canonical_name_lets_its_alias_speak()
    {
        Answer submitted = await Http.PostJsonAsync("/api/logs", """{"project":"alias","output":"x","sessionId":"","threadId":null,"chatId":"c1"}""");
        (await Http.GetJsonAsync($"/api/logs/{submitted.Id}"))["sessionId"].ShouldBe("c1");
    }

    [Fact]
    public async Task Tasks_are_listed_once_and_sorted_be_they_used_or_registered()
    {
        foreach ((string project, string task) in new[] { ("tasks-a", "send"), ("tasks-a", "Draft"), ("tasks-b", "draft"), ("tasks-b", "archive") })
            await Http.PostJsonAsync("/api/logs", $$"""{"project":"{{project}}","task":"{{task}}","output":"x"}""");
        (await Http.GetJsonAsync("/api/logs/tasks?project=TASKS-A")).Body.ToString().ShouldBe("""["Draft","send"]""");
        Answer all = await Http.GetJsonAsync("/api/logs/tasks");
        all.Status.ShouldBe(200);
        string[] names = [.. all.Body.EnumerateArray().Select(static name => name.GetString()!)];
        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
        names.Count(static name => name.Equals("draft", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        (await Http.GetJsonAsync("/api/logs/tasks?project=nothing")).Body.GetArrayLength().ShouldBe(0);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.GetJsonAsync("/api/logs/tasks")).Status.ShouldBe(401);
    }
}
