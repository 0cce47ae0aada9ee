using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/rules.</summary>
public sealed class RuleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task A_rule_is_created_read_changed_listed_and_deleted()
    {
        Answer created = await Http.PostJsonAsync(
            "/api/rules",
            """{"name":"Short","type":"length_limit","value":"500","description":"d","projectName":"crud","taskName":"t","isActive":"false"}""");
        created.Status.ShouldBe(201);
        created["isActive"].ShouldBe("False");
        created["projectName"].ShouldBe("crud");
        created["taskName"].ShouldBe("t");

        (await Http.PatchJsonAsync($"/api/rules/{created.Id}", """{"value":"20 words","isActive":true,"description":null}"""))["ok"].ShouldBe("True");
        Answer read = await Http.GetJsonAsync($"/api/rules/{created.Id}");
        read["value"].ShouldBe("20 words");
        read["isActive"].ShouldBe("True");
        read["description"].ShouldBeNull();
        read["name"].ShouldBe("Short");

        (await Http.GetJsonAsync("/api/rules")).Body.EnumerateArray().ShouldContain(rule => rule.GetProperty("id").GetString() == created.Id);
        (await Http.DeleteJsonAsync($"/api/rules/{created.Id}"))["ok"].ShouldBe("True");
        (await Http.GetJsonAsync($"/api/rules/{created.Id}")).Status.ShouldBe(404);
        (await Http.PatchJsonAsync($"/api/rules/{created.Id}", "{}")).Status.ShouldBe(404);
        (await Http.DeleteJsonAsync($"/api/rules/{created.Id}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("keyword_required", "thanks")]
    [InlineData("keyword_forbidden", """{"keywords":["a"],"wholeWord":true}""")]
    [InlineData("regex_match", "/^ok/i")]
    [InlineData("length_limit", "100-500")]
    [InlineData("confidence_threshold", "0.7")]
    [InlineData("llm_judge", "Flag if the reply is rude")]
    [InlineData("json_field", "total in 1..10")]
    [InlineData("json_field_keyword_required", "name: a, b")]
    [InlineData("json_field_keyword_forbidden", "name: a, b")]
    public async Task Every_rule_type_of_the_contract_can_be_created(string type, string value)
    {
        Answer created = await Http.PostJsonAsync(
            "/api/rules", $$"""{"name":"{{type}}","type":"{{type}}","value":{{JsonSerializer.Serialize(value)}},"isActive":false}""");
        created.Status.ShouldBe(201);
        created["value"].ShouldBe(value);
    }

    [Theory]
    [InlineData("""{}""", "name type value")]
    [InlineData("""{"name":"x","type":"nope","value":"x"}""", "type")]
    [InlineData("""{"name":"x","type":"regex_match","value":"("}""", "value")]
    [InlineData("""{"name":"x","type":"length_limit","value":"many"}""", "value")]
    [InlineData("""{"name":"x","type":"length_limit","value":"500","taskName":"t"}""", "taskName")]
    [InlineData("""{"name":"x","type":"length_limit","value":"500","projectId":"none"}""", "projectId")]
    [InlineData("""{"name":"x","type":"llm_judge","value":"x","llmJudgeProvider":"me"}""", "llmJudgeProvider")]
    public async Task A_bad_rule_is_refused_with_its_fields_named(string body, string fields)
    {
        Answer answer = await Http.PostJsonAsync("/api/rules", body);
        answer.Status.ShouldBe(400);
        string.Join(' ', answer.Fields.Order()).ShouldBe(fields);
    }

    [Fact]
    public async Task A_change_of_type_alone_is_refused_where_the_value_does_not_fit_it()
    {
        Answer created = await Http.PostJsonAsync("/api/rules", """{"name":"x","type":"keyword_forbidden","value":"many words","isActive":false}""");
        Answer changed = await Http.PatchJsonAsync($"/api/rules/{created.Id}", """{"type":"length_limit"}""");
        changed.Status.ShouldBe(400);
        changed.Fields.ShouldBe(["value"]);
    }

    [Fact]
    public async Task A_rule_change_applies_to_the_very_next_log_and_only_in_its_scope()
    {
        Answer rule = await Http.PostJsonAsync(
            "/api/rules", """{"name":"Scoped","type":"keyword_forbidden","value":"red","projectName":"scope","taskName":"draft"}""");
        (await StatusOf("scope", "draft")).ShouldBe("flagged");
        (await StatusOf("scope", "other")).ShouldBe("pass");
        (await StatusOf("elsewhere", "draft")).ShouldBe("pass");
        await Http.PatchJsonAsync($"/api/rules/{rule.Id}", """{"value":"blue"}""");
        (await StatusOf("scope", "draft")).ShouldBe("pass");
        await Http.PatchJsonAsync($"/api/rules/{rule.Id}", """{"value":"red","isActive":false}""");
        (await StatusOf("scope", "draft")).ShouldBe("pass");
        await Http.PatchJsonAsync($"/api/rules/{rule.Id}", """{"isActive":true}""");
        (await StatusOf("scope", "DRAFT")).ShouldBe("flagged");
        await Http.DeleteJsonAsync($"/api/rules/{rule.Id}");
        (await StatusOf("scope", "draft")).ShouldBe("pass");

        async Task<string?> StatusOf(string project, string task) => (await Http.PostJsonAsync(
            "/api/logs", $$"""{"project":"{{project}}","task":"{{task}}","output":"a red dress","sync":true}"""))["status"];
    }

    [Fact]
    public async Task A_log_keeps_the_rule_as_it_was_when_it_was_applied()
    {
        Answer rule = await Http.PostJsonAsync(
            "/api/rules", """{"name":"Before","type":"keyword_forbidden","value":"red","projectName":"history"}""");
        Answer log = await Http.PostJsonAsync("/api/logs", """{"project":"history","output":"red","sync":true}""");
        await Http.PatchJsonAsync($"/api/rules/{rule.Id}", """{"name":"After","value":"blue"}""");
        await Http.DeleteJsonAsync($"/api/rules/{rule.Id}");
        JsonElement applied = (await Http.GetJsonAsync($"/api/logs/{log.Id}")).Body.GetProperty("appliedRules")[0];
        applied.GetProperty("ruleName").GetString().ShouldBe("Before");
        applied.GetProperty("ruleValue").GetString().ShouldBe("red");
    }

    [Fact]
    public async Task A_rule_is_tried_out_without_storing_anything()
    {
        string before = (await Http.GetJsonAsync("/api/logs"))["total"]!;
        Answer answer = await Http.PostJsonAsync("/api/rules/evaluate", """
            {"output":"I am sure","confidence":0.4,"rule":{"name":"Sure","type":"confidence_threshold","value":"0.7"}}
            """);
        answer.Status.ShouldBe(200);
        answer["status"].ShouldBe("flagged");
        answer["verdict"].ShouldBe("flagged");
        answer.Body.GetProperty("appliedRules")[0].GetProperty("outcome").GetString().ShouldBe("flagged");
        (await Http.GetJsonAsync("/api/logs"))["total"].ShouldBe(before);
    }

    [Fact]
    public async Task A_bad_rule_to_try_out_is_refused_with_its_fields_named()
    {
        Answer answer = await Http.PostJsonAsync("/api/rules/evaluate", """{"output":"","rule":{"type":"length_limit","value":"x"}}""");
        answer.Status.ShouldBe(400);
        answer.Fields.Order().ShouldBe(["output", "rule.value"]);
    }
}
