using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests;

/// <summary>The dashboard as people use it, in Debian's Chromium. What they do is in <c>Node/dashboard.mjs</c>.</summary>
public sealed class DashboardTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly JsonSerializerOptions Plain = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Pages =
    [
        "/queue", "/overview", "/logs", "/rules", "/rules/new?template=refund", "/start", "/projects", "/deliveries", "/settings/general", "/settings/channels",
        "/settings/judges", "/settings/members", "/settings/keys", "/settings/audit",
    ];

    [Fact]
    public async Task From_set_up_to_a_callback_that_an_approval_by_keyboard_sends()
    {
        using var folder = new TemporaryServerFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(folder.Path, "", ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"));
        string link = "";
        for (int tries = 0; tries < 100 && link.Length == 0; tries++)
        {
            await Task.Delay(20);
            link = server.Output.Split('\n').FirstOrDefault(static line => line.Contains("/setup?token=", StringComparison.Ordinal))?.Trim() ?? "";
        }

        JsonElement told = await PlayAsync("firstRun", server, new() { ["link"] = link });
        int usable = told.GetProperty("usable").GetInt32();
        output.WriteLine($"The first page was usable after {usable} ms.");
        usable.ShouldBeLessThan(3_000, "1 s on an idle machine; this one tests");
    }

    [Fact]
    public async Task A_rule_shows_what_it_would_do_to_the_latest_hundred_logs_while_it_is_written()
    {
        const int Logs = 130;
        await using Stage stage = await Stage.SetAsync();
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        var logs = Enumerable.Range(0, Logs).Select(i => new
        {
            project = "Support",
            output = (i % 10) switch { 1 => $"A banana, number {i}", 2 => $"A band, number {i}", _ => $"Answer {i}" },
            timestamp = start.AddSeconds(i),
        });
        await stage.Server.Http.PostJsonAsync("/api/logs/batch", JsonSerializer.Serialize(new { logs }, Plain));
        await PlayAsync("draft", stage.Server, new() { ["some"] = 20, ["few"] = 10, ["all"] = Logs });
    }

    [Fact]
    public async Task Two_reviewers_see_what_the_other_does()
    {
        await using Stage stage = await Stage.SetAsync();
        using Browser ada = await Browser.SignInAsync(stage.Server.Address, People.Admin);
        const string second = "bea@example.com";
        (await People.JoinAsync(ada, second, "reviewer")).Browser.Dispose();
        for (int i = 0; i < 3; i++)
            await stage.SendAsync(new { project = "Support", output = $"Answer {i}", requireApproval = true });
        await PlayAsync("twoReviewers", stage.Server, new() { ["second"] = second });
    }

    [Fact]
    public async Task Signing_out_everywhere_closes_the_other_pages_too()
    {
        await using Stage stage = await Stage.SetAsync();
        await PlayAsync("signOutEverywhere", stage.Server, []);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task No_page_has_a_barrier_that_axe_finds(string look)
    {
        await using Stage stage = await Stage.SetAsync("--demo");
        Answer logs = await stage.Server.Http.GetJsonAsync("/api/logs?status=flagged&limit=1");
        string log = logs.Body.GetProperty("executions")[0].GetProperty("id").GetString()!;
        await PlayAsync("accessible", stage.Server, new() { ["look"] = look, ["pages"] = (string[])[.. Pages, $"/logs/{log}"] });
    }

    [Fact]
    public async Task Nothing_that_an_output_an_input_or_a_name_says_is_ever_run()
    {
        await using Stage stage = await Stage.SetAsync();
        await stage.Server.Http.PostJsonAsync("/api/rules", JsonSerializer.Serialize(new { name = Payloads.All[0], type = "keyword_required", value = "no-such-word" }, Plain));
        List<string> ids = [];
        for (int i = 0; i < Payloads.All.Count; i++)
        {
            string payload = Payloads.All[i];
            ids.Add(await stage.SendAsync(new
            {
                project = $"P{i % 8} {payload}"[..Math.Min(150, $"P{i % 8} {payload}".Length)],
                task = payload[..Math.Min(150, payload.Length)],
                output = $"{payload}\n\n```json\n{JsonSerializer.Serialize(new Dictionary<string, string> { [payload] = payload }, Plain)}\n```",
                input = payload,
                model = payload,
                sessionId = $"session {payload}",
                tags = new[] { payload[..Math.Min(90, payload.Length)] },
                metadata = new Dictionary<string, string> { [payload] = payload },
                attachments = new[] { new { source = "upload", data = "SGVsbG8=", filename = payload[..Math.Min(100, payload.Length)], contentType = "text/plain" } },
            }));
        }

        ids.Count.ShouldBeGreaterThanOrEqualTo(60);
        await PlayAsync("harmless", stage.Server, new() { ["logs"] = ids, ["pages"] = Pages });
    }

    [Fact]
    public async Task Logs_are_found_by_filters_words_and_views_that_are_kept()
    {
        await using Stage stage = await Stage.SetAsync();
        await stage.SendAsync(new { project = "Support", output = "A parcel is on its way.", sync = true });
        await stage.SendAsync(new { project = "Shop", output = "A lamp that dims.", requireApproval = true, sync = true });
        await stage.SendAsync(new { project = "Support", output = "It is for free.", requireApproval = true, sync = true });
        await PlayAsync("narrowed", stage.Server, new() { ["flagged"] = "It is for free.", ["word"] = "lamp", ["found"] = "A lamp that dims." });
    }

    [Fact]
    public async Task A_long_list_is_scrolled_to_its_end_without_being_made_whole()
    {
        const int Batches = 20;
        const int Size = 500;
        await using Stage stage = await Stage.SetAsync();
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        for (int batch = 0; batch < Batches; batch++)
        {
            var logs = Enumerable.Range(batch * Size, Size).Select(i => new { project = "Support", output = $"Answer {i}", timestamp = start.AddSeconds(i) });
            await stage.Server.Http.PostJsonAsync("/api/logs/batch", JsonSerializer.Serialize(new { logs }, Plain));
        }

        await PlayAsync("scrolled", stage.Server, new() { ["newest"] = $"Answer {(Batches * Size) - 1}", ["oldest"] = "Answer 0" });
    }

    private static async Task<JsonElement> PlayAsync(string scenario, ServerProcess server, Dictionary<string, object> given)
    {
        given["server"] = server.Address.ToString().TrimEnd('/');
        given["email"] = People.Admin;
        given["password"] = People.Password;
        using Process script = await NodePackages.StartAsync("dashboard.mjs", scenario, JsonSerializer.Serialize(given, Plain));
        try
        {
            Task<string> error = script.StandardError.ReadToEndAsync();
            string told = await script.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await script.WaitForExitAsync();
            script.ExitCode.ShouldBe(0, await error);
            return JsonDocument.Parse(told).RootElement;
        }
        finally
        {
            if (!script.HasExited)
                script.Kill(entireProcessTree: true);
        }
    }

    private sealed class Stage(TemporaryServerFolder folder, ServerProcess server) : IAsyncDisposable
    {
        public ServerProcess Server => server;

        public static async Task<Stage> SetAsync(string arguments = "")
        {
            var folder = new TemporaryServerFolder();
            return new Stage(folder, await ServerProcess.StartAsync(folder.Path, arguments, People.WithAdmin));
        }

        public async Task<string> SendAsync(object log) => (await server.Http.PostJsonAsync("/api/logs", JsonSerializer.Serialize(log, Plain))).Id;

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            folder.Dispose();
        }
    }
}
