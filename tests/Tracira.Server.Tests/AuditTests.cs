using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/audit.</summary>
public sealed class AuditTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_rules_life_is_in_the_log_newest_first_with_what_changed_and_who_did_it()
    {
        Answer rule = await server.Http.PostJsonAsync("/api/rules", """{"name":"Short","type":"length_limit","value":"500"}""");
        Answer changed = await server.Http.PatchJsonAsync($"/api/rules/{rule.Id}", """{"value":"20 words","isActive":false,"description":"d"}""");
        (await server.Operator.DeleteJsonAsync($"/api/rules/{rule.Id}")).Status.ShouldBe(200);

        JsonElement[] entries = [.. (await ListAsync($"subjectId={rule.Id}")).Body.GetProperty("entries").EnumerateArray()];
        entries.Select(static entry => Text(entry, "action")).ShouldBe(["rule.deleted", "rule.changed", "rule.created"]);
        entries.Select(static entry => Text(entry, "actorKind")).ShouldBe(["operator", "token", "token"]);
        entries.ShouldAllBe(entry => Text(entry, "subjectName") == "Short");
        Text(entries[1], "requestId").ShouldBe(changed.Headers["X-Request-Id"]);
        Text(entries[1], "details").ShouldBe("""{"value":"500 → 20 words","description":"nothing → d","isActive":"true → false"}""");
        Text(entries[2], "details").ShouldBe("""{"name":"Short","type":"length_limit","value":"500","isActive":"true"}""");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_whatever_is_filtered()
    {
        string[] ids = new string[7];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = (await server.Operator.PostJsonAsync("/api/keys", $$"""{"name":"paged {{i}}","scopes":["read"]}""")).Id;
        await server.Operator.DeleteJsonAsync($"/api/keys/{ids[3]}");

        List<string> names = [];
        string before = "";
        for (int page = 0; before is not null && page < 10; page++)
        {
            Answer answer = await ListAsync($"action=key.created&limit=2&before={before}");
            names.AddRange(answer.Body.GetProperty("entries").EnumerateArray().Select(static entry => Text(entry, "subjectName")));
            before = answer["next"]!;
        }

        names.ShouldBe(Enumerable.Range(0, ids.Length).Reverse().Select(static i => $"paged {i}"));
        (await ListAsync("action=key.revoked&limit=1"))["next"].ShouldBeNull();
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        Answer answer = await ListAsync(query);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    private Task<Answer> ListAsync(string query) => server.Operator.GetJsonAsync($"/api/audit?{query}");

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).ToString();
}
