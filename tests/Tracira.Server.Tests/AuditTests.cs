using System.Text.Json;
using Shouldly;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Live;
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

    [Fact]
    public async Task Entries_that_are_too_old_go_the_oldest_first_and_others_stay()
    {
        var store = new InMemoryStore();
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        for (int days = 0; days <= 500; days++)
            await WriteAsync("w", now.AddDays(-days));
        await WriteAsync("other", now.AddDays(-500));

        var audit = new AuditLog(store, new LiveFeed(), Options(entries: 1_000), new StandingClock(now));
        (await audit.ForgetAsync("w", default)).ShouldBe(135);
        (await audit.ForgetAsync("w", default)).ShouldBe(0);
        (await store.Records.ListAsync(AuditLog.Kind, "w")).Count.ShouldBe(366);
        (await store.Records.ListAsync(AuditLog.Kind, "other")).Count.ShouldBe(1);

        var smaller = new AuditLog(store, new LiveFeed(), Options(entries: 100), new StandingClock(now));
        int forgotten = 0;
        for (int some = -1; some != 0; forgotten += some)
            some = await smaller.ForgetAsync("w", default);
        forgotten.ShouldBe(266);
        (await store.Records.ListAsync(AuditLog.Kind, "w")).Select(static record => record.Json).ShouldContain($"{now:O}", "the newest stay");

        async Task WriteAsync(string workspace, DateTimeOffset at) =>
            await store.Records.WriteAsync([new RecordWrite(AuditLog.Kind, workspace, Guid.CreateVersion7(at).ToString(), $"{at:O}")]);

        static ServerOptions Options(int entries) => new() { DataFolder = "", Urls = "", AuditEntries = entries };
    }

    [Fact]
    public async Task A_server_keeps_as_many_entries_as_its_settings_say()
    {
        using var folder = new TemporaryServerFolder();
        await using ServerProcess small = await ServerProcess.StartAsync(
            folder.Path, "", ("TRACIRA_AUDIT__ENTRIES", "3"), ("TRACIRA_RETENTION__SWEEPSECONDS", "1"));
        for (int i = 0; i < 5; i++)
            await small.Operator.PostJsonAsync("/api/projects", $$"""{"name":"p{{i}}"}""");
        string[] names = [];
        for (int tries = 0; tries < 50 && names.Length != 3; tries++)
        {
            await Task.Delay(100);
            JsonElement entries = (await small.Operator.GetJsonAsync("/api/audit")).Body.GetProperty("entries");
            names = [.. entries.EnumerateArray().Select(static entry => Text(entry, "subjectName"))];
        }

        names.ShouldBe(["p4", "p3", "p2"]);
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

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private Task<Answer> ListAsync(string query) => server.Operator.GetJsonAsync($"/api/audit?{query}");

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).ToString();
}
