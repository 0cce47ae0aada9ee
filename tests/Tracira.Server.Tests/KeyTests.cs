using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/keys, and what a key opens.</summary>
public sealed class KeyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Log = """{"project":"p","output":"x"}""";

    [Fact]
    public async Task A_key_is_shown_once_listed_without_itself_and_dead_once_revoked()
    {
        Answer created = await CreateAsync("""{"name":" n8n ","scopes":["ingest","read","read"],"expiresAt":"2999-01-01"}""");
        created.Status.ShouldBe(201);
        string key = created["key"]!;
        key.ShouldStartWith("tk-");
        key.Length.ShouldBe(43);
        created["name"].ShouldBe("n8n");
        created["scopes"].ShouldBe("""["ingest","read"]""");
        created["expiresAt"].ShouldBe("2999-01-01T00:00:00.000Z");

        (await CallAsync(HttpMethod.Post, "/api/logs", Log, ("x-api-key", key))).Status.ShouldBe(202);
        (await CallAsync(HttpMethod.Get, "/api/logs", null, ("Authorization", $"Bearer {key}"))).Status.ShouldBe(200);
        (await CallAsync(HttpMethod.Delete, "/api/logs/none", null, ("x-api-key", key))).Status.ShouldBe(403);

        var listed = (await server.Operator.GetJsonAsync("/api/keys")).Body.EnumerateArray().Single(item => item.GetProperty("id").GetString() == created.Id);
        listed.TryGetProperty("key", out _).ShouldBeFalse();
        listed.TryGetProperty("hash", out _).ShouldBeFalse();
        listed.GetProperty("lastFour").GetString().ShouldBe(key[^4..]);
        listed.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        (await server.Operator.DeleteJsonAsync($"/api/keys/{created.Id}"))["ok"].ShouldBe("True");
        Answer refused = await CallAsync(HttpMethod.Get, "/api/logs", null, ("x-api-key", key));
        refused.Status.ShouldBe(401);
        refused["error"].ShouldBe("Unknown API key: it may have been revoked.");
        refused.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        (await server.Operator.DeleteJsonAsync($"/api/keys/{created.Id}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("{}", "name scopes")]
    [InlineData("""{"name":"  ","scopes":[]}""", "name scopes")]
    [InlineData("""{"name":"k","scopes":["read","all"]}""", "scopes")]
    [InlineData("""{"name":"k","scopes":"read"}""", "scopes")]
    [InlineData("""{"name":"k","scopes":["read"],"expiresAt":"2020-01-01"}""", "expiresAt")]
    [InlineData("""{"name":"k","scopes":["read"],"expiresAt":"soon"}""", "expiresAt")]
    public async Task Bad_fields_are_all_named(string body, string fields)
    {
        Answer answer = await CreateAsync(body);
        answer.Status.ShouldBe(400);
        string.Join(' ', answer.Fields.Order()).ShouldBe(fields);
    }

    [Fact]
    public async Task A_key_that_has_expired_is_told_so()
    {
        DateTimeOffset soon = DateTimeOffset.UtcNow.AddSeconds(2);
        string key = (await CreateAsync($$"""{"name":"short","scopes":["read"],"expiresAt":"{{soon:O}}"}"""))["key"]!;
        (await CallAsync(HttpMethod.Get, "/api/verify", null, ("x-api-key", key))).Status.ShouldBe(200);
        await Task.Delay(soon - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(50));
        Answer refused = await CallAsync(HttpMethod.Get, "/api/verify", null, ("x-api-key", key));
        refused.Status.ShouldBe(401);
        refused["error"]!.ShouldContain("expired");
    }

    [Fact]
    public async Task A_key_makes_no_key_that_reaches_further_than_itself()
    {
        string manager = (await CreateAsync("""{"name":"manager","scopes":["manage"]}"""))["key"]!;
        Answer refused = await CallAsync(HttpMethod.Post, "/api/keys", """{"name":"reader","scopes":["manage","read"]}""", ("x-api-key", manager));
        refused.Status.ShouldBe(403);
        refused["error"]!.ShouldContain("Read");
        (await CallAsync(HttpMethod.Post, "/api/keys", """{"name":"second","scopes":["manage"]}""", ("x-api-key", manager))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Keys_outlive_a_restart_and_revoked_ones_do_not()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        string kept, revoked;
        await using (ServerProcess first = await ServerProcess.StartAsync(folder))
        {
            kept = (await first.Operator.PostJsonAsync("/api/keys", """{"name":"kept","scopes":["read"]}"""))["key"]!;
            Answer gone = await first.Operator.PostJsonAsync("/api/keys", """{"name":"gone","scopes":["read"]}""");
            revoked = gone["key"]!;
            (await first.Http.CallAsync(HttpMethod.Get, "/api/verify", null, ("x-api-key", revoked))).Status.ShouldBe(200);
            await first.Operator.DeleteJsonAsync($"/api/keys/{gone.Id}");
            await first.KillAsync();
        }

        await using (ServerProcess second = await ServerProcess.StartAsync(folder))
        {
            (await second.Http.CallAsync(HttpMethod.Get, "/api/logs", null, ("x-api-key", kept))).Status.ShouldBe(200);
            (await second.Http.CallAsync(HttpMethod.Get, "/api/logs", null, ("x-api-key", revoked))).Status.ShouldBe(401);
        }

        Directory.Delete(folder, recursive: true);
    }

    private Task<Answer> CreateAsync(string body) => server.Operator.PostJsonAsync("/api/keys", body);

    private async Task<Answer> CallAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        return await stranger.CallAsync(method, path, json, headers);
    }
}
