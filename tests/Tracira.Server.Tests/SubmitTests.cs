using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>POST /api/logs, and reading back what became of it.</summary>
public sealed class SubmitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task The_hosted_quick_start_example_is_accepted_and_its_verdict_can_be_polled()
    {
        Answer submitted = await Http.PostJsonAsync("/api/logs", """
            {
            "project": "my-first-project",
            "output": "Here is my AI-generated response."
            }
            """);
        submitted.Status.ShouldBe(202);
        submitted["ok"].ShouldBe("True");
        submitted["status"].ShouldBe("pending");

        Answer status = await Http.GetJsonAsync($"/api/logs/{submitted.Id}/status");
        status.Status.ShouldBe(200);
        status["status"].ShouldBe("pass");
        status["verdict"].ShouldBe("pass");
    }

    [Fact]
    public async Task The_hosted_sync_example_answers_the_verdict_inline()
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", """
            {
            "project": "my-project",
            "output": "The AI-generated text.",
            "sync": true
            }
            """);
        answer.Status.ShouldBe(200);
        answer["ok"].ShouldBe("True");
        answer["status"].ShouldBe("pass");
        answer.Body.GetProperty("verdict").GetProperty("pass").GetBoolean().ShouldBeTrue();
        answer.Headers["Server-Timing"].ShouldContain("store;dur=");
    }

    [Fact]
    public async Task A_triggered_rule_flags_the_output_and_says_why_and_where()
    {
        Answer rule = await Http.PostJsonAsync(
            "/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount","projectName":"gate"}""");
        rule.Status.ShouldBe(201);

        Answer answer = await Http.PostJsonAsync("/api/logs", """{"project":"Gate","output":"A Discount for you","sync":true}""");
        answer["status"].ShouldBe("flagged");
        var triggered = answer.Body.GetProperty("verdict").GetProperty("rules")[0];
        triggered.GetProperty("name").GetString().ShouldBe("No discounts");
        triggered.GetProperty("triggered").GetBoolean().ShouldBeTrue();
        triggered.GetProperty("reason").GetString()!.ShouldContain("discount");

        Answer log = await Http.GetJsonAsync($"/api/logs/{answer.Id}");
        log["projectName"].ShouldBe("gate");
        var applied = log.Body.GetProperty("appliedRules")[0];
        applied.GetProperty("outcome").GetString().ShouldBe("flagged");
        applied.GetProperty("scope").GetString().ShouldBe("project");
        applied.GetProperty("evaluator").GetString().ShouldBe("deterministic");
        applied.GetProperty("matches")[0].GetProperty("start").GetInt32().ShouldBe(2);
        applied.GetProperty("matches")[0].GetProperty("length").GetInt32().ShouldBe(8);
    }

    [Fact]
    public async Task A_judge_rule_without_a_judge_ends_in_error_and_never_passes()
    {
        (await Http.PostJsonAsync("/api/rules", """{"name":"Kind","type":"llm_judge","value":"Be kind","projectName":"judged"}""")).Status.ShouldBe(201);
        Answer answer = await Http.PostJsonAsync("/api/logs", """{"project":"judged","output":"Hello","sync":true}""");
        answer.Status.ShouldBe(200);
        answer["status"].ShouldBe("error");
        answer.Body.GetProperty("verdict").GetProperty("rules")[0].GetProperty("reason").GetString()!.ShouldContain("judge");
        (await Http.GetJsonAsync("/api/logs?project=judged&pending=true")).Body.GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Every_documented_field_comes_back_as_it_was_sent()
    {
        Answer submitted = await Http.PostJsonAsync("/api/logs", """
            {"project":"fields","task":"draft","output":"Grüße 👋","model":"gpt-4o","latencyMs":812.5,"costUsd":0.0021,
             "input":[{"type":"text","text":"Hi"}],"inputText":"Hi","callbackUrl":"https://example.com/hook","callbackEvents":"flagged_error",
             "metadata":{"run":7,"deep":{"a":[1,null,"ü"]}},"id":"order:4711","confidence":0.83,"sessionId":"s1","subjectId":"c1","actorId":"a1",
             "tags":["email","vip"],"timestamp":"2024-11-15T10:30:00Z","somethingNew":true}
            """);
        submitted.Status.ShouldBe(202);
        submitted.Id.ShouldBe("order:4711");

        Answer log = await Http.GetJsonAsync("/api/logs/order:4711");
        log.Status.ShouldBe(200);
        log["taskName"].ShouldBe("draft");
        log["output"].ShouldBe("Grüße 👋");
        log["model"].ShouldBe("gpt-4o");
        log["latencyMs"].ShouldBe("812.5");
        log["costUsd"].ShouldBe("0.0021");
        log["input"].ShouldBe("""[{"type":"text","text":"Hi"}]""");
        log["inputText"].ShouldBe("Hi");
        log["callbackUrl"].ShouldBe("https://example.com/hook");
        log["callbackEvents"].ShouldBe("flagged_error");
        log["metadata"].ShouldBe("""{"run":7,"deep":{"a":[1,null,"ü"]}}""");
        log["confidence"].ShouldBe("0.83");
        log["sessionId"].ShouldBe("s1");
        log["subjectId"].ShouldBe("c1");
        log["actorId"].ShouldBe("a1");
        log["tags"].ShouldBe("""["email","vip"]""");
        log["timestamp"].ShouldBe("2024-11-15T10:30:00.000Z");
        log["workspaceId"].ShouldBe("default");
        log["createdAt"].ShouldNotBe(log["timestamp"]);
    }

    [Theory]
    [InlineData("conversationId", "sessionId")]
    [InlineData("threadId", "sessionId")]
    [InlineData("chatId", "sessionId")]
    [InlineData("customerId", "subjectId")]
    [InlineData("recordId", "subjectId")]
    [InlineData("ticketId", "subjectId")]
    [InlineData("accountId", "subjectId")]
    [InlineData("userId", "actorId")]
    [InlineData("endUserId", "actorId")]
    [InlineData("agentId", "actorId")]
    public async Task An_alias_stands_for_its_field_but_the_canonical_name_wins(string alias, string canonical)
    {
        Answer byAlias = await Http.PostJsonAsync("/api/logs", $$"""{"project":"alias","output":"x","{{alias}}":4711}""");
        (await Http.GetJsonAsync($"/api/logs/{byAlias.Id}"))[canonical].ShouldBe("4711");

        Answer both = await Http.PostJsonAsync("/api/logs", $$"""{"project":"alias","output":"x","{{alias}}":"no","{{canonical}}":"yes"}""");
        (await Http.GetJsonAsync($"/api/logs/{both.Id}"))[canonical].ShouldBe("yes");
    }

    [Fact]
    public async Task Numbers_and_booleans_may_come_as_strings()
    {
        Answer answer = await Http.PostJsonAsync(
            "/api/logs", """{"project":"strings","output":"x","sync":"true","latencyMs":"120","costUsd":"0.5","confidence":"0.9"}""");
        answer.Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/logs/{answer.Id}"))["latencyMs"].ShouldBe("120");
    }

    [Fact]
    public async Task All_bad_fields_are_named_at_once_and_nothing_is_stored()
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", """
            {"project":"  ","output":"","latencyMs":"soon","costUsd":-1,"confidence":1.5,"metadata":[1],"tags":"a","callbackUrl":"ftp://x",
             "callbackEvents":"some","timestamp":"yesterday","id":"a b","sync":"maybe","deadlineMs":0,"project2":1}
            """);
        answer.Status.ShouldBe(400);
        answer["code"].ShouldBe("invalid_request");
        answer.Fields.Order().ShouldBe(new[]
        {
            "callbackEvents", "callbackUrl", "confidence", "costUsd", "deadlineMs", "id", "latencyMs", "metadata", "output", "project",
            "sync", "tags", "timestamp",
        });
    }

    [Fact]
    public async Task An_output_may_have_50_000_characters_and_not_one_more()
    {
        string longest = new('x', 50_000);
        (await Http.PostJsonAsync("/api/logs", $$"""{"project":"long","output":"{{longest}}"}""")).Status.ShouldBe(202);
        Answer tooLong = await Http.PostJsonAsync("/api/logs", $$"""{"project":"long","output":"{{longest}}x"}""");
        tooLong.Status.ShouldBe(400);
        tooLong.Fields.ShouldBe(["output"]);
    }

    [Fact]
    public async Task The_same_id_and_content_is_accepted_once_and_other_content_is_a_conflict()
    {
        const string Body = """{"project":"once","output":"x","id":"retry-1"}""";
        (await Http.PostJsonAsync("/api/logs", Body)).Status.ShouldBe(202);
        (await Http.PostJsonAsync("/api/logs", Body)).Id.ShouldBe("retry-1");
        Answer verdict = await Http.PostJsonAsync("/api/logs", """{"project":"once","output":"x","id":"retry-1","sync":true}""");
        verdict["status"].ShouldBe("pass");
        Answer other = await Http.PostJsonAsync("/api/logs", """{"project":"once","output":"y","id":"retry-1"}""");
        other.Status.ShouldBe(409);
        other["code"].ShouldBe("id_conflict");
        (await Http.GetJsonAsync("/api/logs?project=once")).Body.GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_idempotency_key_header_stands_for_the_id()
    {
        Answer answer = await Http.CallAsync(
            HttpMethod.Post, "/api/logs", """{"project":"key","output":"x"}""", ("Idempotency-Key", "from-the-header"));
        answer.Id.ShouldBe("from-the-header");
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("[]", "invalid_json")]
    [InlineData("\"text\"", "invalid_json")]
    [InlineData("""{"project":"p","output":"\ud800"}""", "invalid_request")]
    public async Task What_is_not_a_well_formed_object_is_refused(string body, string code)
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", body);
        answer.Status.ShouldBe(400);
        answer["code"].ShouldBe(code);
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_415_and_one_that_is_too_large_413()
    {
        using var form = new StringContent("project=a");
        using HttpResponseMessage unsupported = await Http.PostAsync("/api/logs", form);
        ((int)unsupported.StatusCode).ShouldBe(415);

        Answer tooLarge = await Http.PostJsonAsync("/api/logs", $$"""{"project":"p","output":"x","input":"{{new string('x', 33 * 1024 * 1024)}}"}""");
        tooLarge.Status.ShouldBe(413);
        tooLarge["code"].ShouldBe("payload_too_large");
    }

    [Fact]
    public async Task A_deleted_log_is_gone()
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", """{"project":"deleted","output":"x"}""");
        (await Http.DeleteJsonAsync($"/api/logs/{answer.Id}"))["ok"].ShouldBe("True");
        (await Http.GetJsonAsync($"/api/logs/{answer.Id}")).Status.ShouldBe(404);
        (await Http.DeleteJsonAsync($"/api/logs/{answer.Id}")).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/logs/{answer.Id}/status")).Status.ShouldBe(404);
    }
}
