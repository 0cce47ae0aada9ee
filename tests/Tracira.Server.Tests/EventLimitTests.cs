using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Who hears nothing at /api/events, and what becomes of those who do not listen.</summary>
public sealed class EventLimitTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Nothing_of_another_workspace_isheard()
    {
        const string Log = """{"project":"p","output":"x","requireApproval":true}""";
        string added = (await Binary.RunAsync($"workspace add \"Second\" --data {_folder}")).Output;
        string token = added[added.IndexOf("wh-", StringComparison.Ordinal)..].Split((char[]?)null, 2)[0];
        using var second = new HttpClient { BaseAddress = _server.Address };
        second.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using Browser ada = await Browser.SignInAsync(_server.Address, People.Admin);
        await using EventStream theirs = await EventStream.OpenAsync(second, _server.Address);
        await using EventStream hers = await EventStream.OpenAsync(ada.Http, _server.Address);

        string first = (await _server.Http.PostJsonAsync("/api/logs", Log)).Id;
        await _server.Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{Log}},{{Log}}]}""");
        await ada.Http.CallAsync(HttpMethod.Patch, $"/api/logs/{first}/decision", """{"decision":"approved"}""");
        await ada.Http.PostJsonAsync("/api/rules", """{"name":"No","type":"length_limit","value":"9"}""");
        await ada.Http.CallAsync(HttpMethod.Put, "/api/events/focus", $$"""{"listener":"{{hers.Listener}}","logId":"{{first}}"}""");
        await _server.Http.DeleteJsonAsync($"/api/logs/{first}");
        (await second.CallAsync(HttpMethod.Put, "/api/events/focus", $$"""{"listener":"{{hers.Listener}}","logId":"x"}""")).Status.ShouldBe(404);
        string own = (await second.PostJsonAsync("/api/logs", Log)).Id;

        (await theirs.AnyAsync()).ShouldSatisfyAllConditions(
            static heard => heard.Name.ShouldBe("viewers"), static heard => heard.Data.GetArrayLength().ShouldBe(0));
        (await theirs.AnyAsync()).ShouldSatisfyAllConditions(
            static heard => heard.Name.ShouldBe("log"), heard => heard.Data.GetProperty("id").GetString().ShouldBe(own));
        (await hers.NextAsync("log")).GetProperty("id").GetString().ShouldBe(first);
    }

    [Fact]
    public async Task Whoever_may_not_read_hears_nothing_and_whoever_is_removed_nothing_more()
    {
        using Browser ada = await Browser.SignInAsync(_server.Address, People.Admin);
        string ingest = (await _server.Operator.PostJsonAsync("/api/keys", """{"name":"in","scopes":["ingest"]}"""))["key"]!;
        string read = (await _server.Operator.PostJsonAsync("/api/keys", """{"name":"out","scopes":["read"]}"""))["key"]!;
        using var stranger = new HttpClient { BaseAddress = _server.Address };
        foreach ((string key, int status) in ((string, int)[])[(ingest, 403), ("tk-unknown", 401), ("", 401)])
        {
            (await stranger.CallAsync(HttpMethod.Get, "/api/events", null, ("x-api-key", key))).Status.ShouldBe(status);
            (await stranger.CallAsync(HttpMethod.Put, "/api/events/focus", """{"listener":"x"}""", ("x-api-key", key))).Status.ShouldBe(status);
        }

        await using (EventStream allowed = await EventStream.OpenAsync(stranger, _server.Address, ("x-api-key", read)))
            allowed.Listener.ShouldNotBeEmpty();

        (Browser viewer, string id) = await People.JoinAsync(ada, "viewer@example.com", "viewer");
        using (viewer)
        {
            await using EventStream heard = await EventStream.OpenAsync(viewer.Http, _server.Address);
            (await ada.Http.DeleteJsonAsync($"/api/members/{id}")).Status.ShouldBe(200);
            await heard.EndsAsync();
            (await viewer.Http.GetJsonAsync("/api/events")).Status.ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_reader_who_does_not_read_holds_nobody_up_and_is_told_to_ask_anew()
    {
        const int Batches = 100;
        const int BatchSize = 200; // fewer than the server keeps for one who reads; of all of them together the sockets hold a part
        string project = new('p', 200);
        string logs = string.Join(',', Enumerable.Repeat($$"""{"project":"{{project}}","output":"x"}""", BatchSize));
        using var giveUp = new CancellationTokenSource(Patience);
        using var slow = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await slow.ConnectAsync(_server.Address.Host, _server.Address.Port, giveUp.Token);
        await slow.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /api/events HTTP/1.1\r\nHost: {_server.Address.Authority}\r\nAuthorization: Bearer {ServerProcess.Token}\r\n\r\n"));
        using var lines = new StreamReader(new NetworkStream(slow, ownsSocket: false));
        while (await lines.ReadLineAsync(giveUp.Token) != "event: viewers")
        {
            // The answer's head and what is told first.
        }

        for (int i = 0; i < Batches; i++)
            (await _server.Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""")).Status.ShouldBe(200);
        var clock = Stopwatch.StartNew();
        (await _server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"last"}""")).Status.ShouldBe(202);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));

        // A reader who comes back to it: what was missed is not told, but that it was, and whoever asks then has everything.
        int missed = 0;
        int heard = 0;
        string marker;
        do
            marker = (await _server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"marker"}""")).Id;
        while (!await HearsAsync(marker));

        missed.ShouldBeGreaterThan(0);
        heard.ShouldBeLessThan(Batches * BatchSize);
        (await _server.Http.GetJsonAsync("/api/logs?limit=1"))["total"].ShouldBe($"{(Batches * BatchSize) + 1 + missed + 1}");

        async Task<bool> HearsAsync(string id)
        {
            while (await lines.ReadLineAsync(giveUp.Token) is { } line)
            {
                heard += line == "event: log" ? 1 : 0;
                if (line.StartsWith($$"""data: {"id":"{{id}}",""", StringComparison.Ordinal))
                    return true;
                if (line != "event: missed")
                    continue;
                missed++;
                (await lines.ReadLineAsync(giveUp.Token)).ShouldBe("data: {}");
                (await lines.ReadLineAsync(giveUp.Token)).ShouldBe("");
                (await lines.ReadLineAsync(giveUp.Token)).ShouldBe("event: viewers", "who looks at what cannot be asked for");
                return false;
            }

            throw new InvalidOperationException("The stream ended.");
        }
    }
}
