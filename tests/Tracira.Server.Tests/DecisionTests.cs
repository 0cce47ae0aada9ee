using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>PATCH /api/logs/{id}/decision and /status.</summary>
public sealed class DecisionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Approve = """{"decision":"approved"}""";
    private const string Reject = """{"decision":"rejected"}""";

    private HttpClient Http => server.Http;

    [Fact]
    public async Task A_decision_stands_beside_the_status_and_names_who_made_it_and_how()
    {
        string id = await SubmitAsync();
        Answer answer = await DecideAsync(id, """{"decision":"approved","note":"Looks right."}""");
        answer.Status.ShouldBe(200);
        answer.ShouldMatchGolden("decision");

        Answer log = await Http.GetJsonAsync($"/api/logs/{id}");
        log.ShouldMatchGolden("decided-log");
        log["status"].ShouldBe("pass");
        (await Http.GetJsonAsync($"/api/logs/{id}/status")).ShouldMatchGolden("decided-log-status");
    }

    [Fact]
    public async Task The_first_decision_stands_the_same_again_is_fine_and_another_one_a_conflict()
    {
        string id = await SubmitAsync();
        (await DecideAsync(id, Reject)).Status.ShouldBe(200);
        (await DecideAsync(id, Reject)).Status.ShouldBe(200);
        Answer opposite = await DecideAsync(id, Approve);
        opposite.Status.ShouldBe(409);
        opposite.ShouldMatchGolden("already-decided");
        (await Http.GetJsonAsync($"/api/logs/{id}"))["humanDecision"].ShouldBe("rejected");
    }

    [Fact]
    public async Task Of_50_opposite_decisions_at_once_one_wins_and_all_answers_agree()
    {
        string id = await SubmitAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => DecideAsync(id, i % 2 == 0 ? Approve : Reject)));
        string standing = (await Http.GetJsonAsync($"/api/logs/{id}"))["humanDecision"]!;
        for (int i = 0; i < answers.Length; i++)
        {
            bool agrees = (i % 2 == 0 ? "approved" : "rejected") == standing;
            answers[i].Status.ShouldBe(agrees ? 200 : 409);
            if (!agrees)
                answers[i]["error"]!.ShouldContain(standing);
        }
    }

    [Fact]
    public async Task A_change_says_what_to_do_or_what_it_shall_be_and_handled_says_nothing_more()
    {
        string redo = await SubmitAsync();
        (await DecideAsync(redo, """{"decision":"changed","comment":"Shorter, please.","correctedOutput":""}""")).Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/logs/{redo}/status")).ShouldMatchGolden("changed-log-status");
        string corrected = await SubmitAsync();
        (await DecideAsync(corrected, """{"decision":"changed","correctedOutput":"Better."}""")).Status.ShouldBe(200);
        Answer log = await Http.GetJsonAsync($"/api/logs/{corrected}");
        log["output"].ShouldBe("x");
        log["correctedOutput"].ShouldBe("Better.");
        string handled = await SubmitAsync();
        (await DecideAsync(handled, """{"decision":"handled"}""")).Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/logs?q=decisions")).Executions.Single(item => item.GetProperty("id").GetString() == handled)
            .GetProperty("humanDecision").GetString().ShouldBe("handled");
    }

    [Theory]
    [InlineData("{}", "decision")]
    [InlineData("""{"decision":"maybe"}""", "decision")]
    [InlineData("""{"decision":1}""", "decision")]
    [InlineData("""{"decision":"changed"}""", "comment")]
    [InlineData("""{"decision":"changed","comment":"a","correctedOutput":"b"}""", "comment")]
    [InlineData("""{"decision":"approved","comment":"a"}""", "comment")]
    [InlineData("""{"decision":"handled","correctedOutput":"b","note":7}""", "note,correctedOutput")]
    public async Task A_bad_field_is_named_and_nothing_is_decided(string body, string fields)
    {
        string id = await SubmitAsync();
        Answer answer = await DecideAsync(id, body);
        answer.Status.ShouldBe(400);
        answer["code"].ShouldBe("invalid_request");
        answer.Fields.ShouldBe(fields.Split(','));
        (await Http.GetJsonAsync($"/api/logs/{id}"))["humanDecision"].ShouldBeNull();
    }

    [Fact]
    public async Task A_note_may_have_2_000_characters_and_not_one_more()
    {
        string id = await SubmitAsync();
        (await DecideAsync(id, $$"""{"decision":"approved","note":"{{new string('x', 2001)}}"}""")).Fields.ShouldBe(["note"]);
        (await DecideAsync(id, $$"""{"decision":"approved","note":"{{new string('x', 2000)}}"}""")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("decision", Approve)]
    [InlineData("status", """{"status":"flagged"}""")]
    public async Task What_is_not_there_or_not_JSON_is_refused(string call, string body)
    {
        Answer missing = await Http.PatchJsonAsync($"/api/logs/nothing/{call}", body);
        missing.Status.ShouldBe(404);
        missing["code"].ShouldBe("not_found");
        (await Http.PatchJsonAsync($"/api/logs/nothing/{call}", "{")).Status.ShouldBe(400);
        (await Http.PatchJsonAsync($"/api/logs/nothing/{call}", $$"""{"a":"{{new string('x', 33 * 1024 * 1024)}}"}""")).Status.ShouldBe(413);
        using var text = new StringContent(body);
        using HttpResponseMessage unsupported = await Http.PatchAsync($"/api/logs/nothing/{call}", text);
        ((int)unsupported.StatusCode).ShouldBe(415);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.PatchJsonAsync($"/api/logs/nothing/{call}", body)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_reported_problem_flags_the_log_and_clears_its_decision()
    {
        string id = await SubmitAsync();
        await DecideAsync(id, Approve);
        Answer answer = await Http.PatchJsonAsync($"/api/logs/{id}/status", """{"status":"flagged","reason":"The customer complained.","flaggedBy":"api"}""");
        answer.Status.ShouldBe(200);
        answer.ShouldMatchGolden("flag");
        Answer log = await Http.GetJsonAsync($"/api/logs/{id}");
        log.ShouldMatchGolden("flagged-log");
        (await DecideAsync(id, Reject)).Status.ShouldBe(200);

        string unsaid = await SubmitAsync();
        (await Http.PatchJsonAsync($"/api/logs/{unsaid}/status", """{"status":"flagged"}""")).Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/logs/{unsaid}"))["flaggedBy"].ShouldBe("end_user");
    }

    [Theory]
    [InlineData("""{"status":"pass"}""", "status")]
    [InlineData("{}", "status")]
    [InlineData("""{"status":"flagged","flaggedBy":"me","reason":[]}""", "reason,flaggedBy")]
    public async Task A_bad_report_is_named(string body, string fields)
    {
        Answer answer = await Http.PatchJsonAsync($"/api/logs/{await SubmitAsync()}/status", body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe(fields.Split(','));
    }

    [Fact]
    public async Task A_log_that_is_still_evaluated_can_be_neither_decided_on_nor_flagged()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        await using (ServerProcess slow = await ServerProcess.StartAsync(folder, "", ("TRACIRA_JUDGING__CONCURRENCY", "1")))
        {
            (await slow.Http.PostJsonAsync("/api/rules", """{"name":"Kind","type":"llm_judge","value":"Be kind"}""")).Status.ShouldBe(201);
            string logs = string.Join(',', Enumerable.Repeat("""{"project":"p","output":"x"}""", 500));
            Answer batch = await slow.Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""");
            string last = batch.Body.GetProperty("results")[499].GetProperty("id").GetString()!; // one judge, 499 logs before it
            Answer decision = await slow.Http.PatchJsonAsync($"/api/logs/{last}/decision", Approve);
            decision.Status.ShouldBe(409);
            decision.ShouldMatchGolden("still-evaluating");
            (await slow.Http.PatchJsonAsync($"/api/logs/{last}/status", """{"status":"flagged"}""")).Status.ShouldBe(409);
            JsonElement first = batch.Body.GetProperty("results")[0];
            (await slow.Http.PatchJsonAsync("/api/logs/bulk", $$"""{"ids":["{{first.GetProperty("id").GetString()}}","{{last}}"],"action":"approve"}"""))
                .Body.GetProperty("count").GetInt32().ShouldBeInRange(0, 1);
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> SubmitAsync()
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", """{"project":"decisions","output":"x"}""");
        answer.Status.ShouldBe(202);
        return answer.Id;
    }

    private Task<Answer> DecideAsync(string id, string body) => Http.PatchJsonAsync($"/api/logs/{id}/decision", body);
}
