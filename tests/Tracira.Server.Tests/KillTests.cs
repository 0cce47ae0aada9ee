using System.Collections.Concurrent;
using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests;

/// <summary>What happens to logs when the server ends, wanted or not.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 8;
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private int _sent;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("TRACIRA_KILL_ROUNDS"), out int rounds) ? rounds : 5;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_log_acknowledged_before_a_kill_is_there_after_it_exactly_once_and_pending_ones_are_evaluated()
    {
        var random = new Random(20261123);
        int takenUp = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
            {
                if (round == 0)
                    await AddRulesAsync(server.Http);
                else
                    takenUp += await CheckAsync(server);
                Task[] load = [.. Enumerable.Range(0, Clients).Select(client => LoadAsync(server.Http, round, client))];
                await Task.Delay(random.Next(100, 700));
                await server.KillAsync();
                await Task.WhenAll(load);
            }
        }

        await using ServerProcess last = await ServerProcess.StartAsync(_folder);
        await CheckAsync(last);
        output.WriteLine($"{Rounds} kills: {_sent} logs sent, {_acknowledged.Count} acknowledged, each there once; {takenUp} pending logs taken up at starts.");
    }

    [Fact]
    public async Task SIGTERM_drains_what_was_accepted_and_exits_0()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
        {
            await AddRulesAsync(server.Http);
            Task[] load = [.. Enumerable.Range(0, Clients).Select(client => LoadAsync(server.Http, 0, client))];
            await Task.Delay(500);
            (await server.StopAsync()).ShouldBe(0);
            await Task.WhenAll(load);
        }

        _acknowledged.Count.ShouldBeGreaterThan(10);
        await using ServerProcess again = await ServerProcess.StartAsync(_folder);
        await CheckAsync(again);
    }

    [Fact]
    public async Task Counts_are_right_after_a_kill_in_the_midst_of_moving_merging_and_deleting()
    {
        var random = new Random(20261124);
        for (int round = 0; round < Rounds; round++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_folder);
            await CheckCountsAsync(server.Http);
            Task[] load = [.. Enumerable.Range(0, Clients).Select(client => MoveAsync(server.Http, round, client))];
            await Task.Delay(random.Next(100, 700));
            await server.KillAsync();
            await Task.WhenAll(load);
        }

        await using ServerProcess last = await ServerProcess.StartAsync(_folder);
        (await CheckCountsAsync(last.Http)).ShouldBeGreaterThan(10);
    }

    // Fills projects, merges every second one into the one before it, and deletes every third, until the server is gone.
    private static async Task MoveAsync(HttpClient http, int round, int client)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                string name = $"r{round}-c{client}-{i}";
                string logs = string.Join(',', Enumerable.Repeat($$"""{"project":"{{name}}","task":"t","output":"x"}""", 20));
                (await http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""")).Status.ShouldBe(200);
                Answer found = await http.GetJsonAsync("/api/projects");
                string id = found.Body.EnumerateArray().Single(project => project.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
                if (i % 3 == 2)
                    await http.DeleteJsonAsync($"/api/projects/{id}");
                else if (i % 2 == 1)
                    await http.PatchJsonAsync($"/api/projects/{id}", $$"""{"name":"r{{round}}-c{{client}}-{{i - 1}}","merge":true}""");
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            // The server is gone.
        }
    }

    // Whatever counts logs counts the same ones.
    private static async Task<int> CheckCountsAsync(HttpClient http)
    {
        int inProjects = 0;
        foreach (JsonElement project in (await http.GetJsonAsync("/api/projects")).Body.EnumerateArray())
        {
            int count = project.GetProperty("executionCount").GetInt32();
            inProjects += count;
            string name = project.GetProperty("name").GetString()!;
            (await http.GetJsonAsync($"/api/logs?limit=1&project={name}"))["total"].ShouldBe($"{count}", name);
            JsonElement tasks = (await http.GetJsonAsync($"/api/projects/{project.GetProperty("id").GetString()}/tasks")).Body;
            tasks.EnumerateArray().Sum(static task => task.GetProperty("executionCount").GetInt32()).ShouldBe(count, name);
        }

        string exported = await http.GetStringAsync("/api/logs/export");
        exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(inProjects);
        (await http.GetJsonAsync("/api/logs"))["total"].ShouldBe($"{inProjects}");
        (await http.GetJsonAsync("/api/settings")).Body.GetProperty("usage").GetProperty("logsTotal").GetInt32().ShouldBe(inProjects);
        return inProjects;
    }

    private static async Task AddRulesAsync(HttpClient http)
    {
        (await http.PostJsonAsync("/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount"}""")).Status.ShouldBe(201);
        (await http.PostJsonAsync("/api/rules", """{"name":"Kind","type":"llm_judge","value":"Be kind","projectName":"judged"}""")).Status.ShouldBe(201);
    }

    // Sends until the server is gone. A third of the logs need a judge, and with no provider configured they end in error.
    private async Task LoadAsync(HttpClient http, int round, int client)
    {
        for (int i = 0; ; i++)
        {
            string id = $"r{round}-c{client}-{i}";
            string text = i % 2 == 0 ? "a discount" : "nothing";
            string project = i % 3 == 0 ? "judged" : "plain";
            try
            {
                Interlocked.Increment(ref _sent);
                Answer answer = await http.PostJsonAsync(
                    "/api/logs", $$"""{"id":"{{id}}","project":"{{project}}","output":"{{text}}","sync":{{(i % 4 == 0 ? "true" : "false")}}}""");
                if (answer.Status is 200 or 202)
                    _acknowledged[id] = true;
                else
                    answer.Status.ShouldBe(503);
                if (answer.Status == 503)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
            {
                return;
            }
        }
    }

    private async Task<int> CheckAsync(ServerProcess server)
    {
        Dictionary<string, string> stored = await ReadAllAsync(server.Http);
        for (int wait = 0; stored.ContainsValue("pending") && wait < 100; wait++)
        {
            await Task.Delay(100);
            stored = await ReadAllAsync(server.Http);
        }

        stored.Values.ShouldNotContain("pending");
        foreach (string id in _acknowledged.Keys)
        {
            stored.ShouldContainKey(id);
            int number = int.Parse(id[(id.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            stored[id].ShouldBe(number % 2 == 0 ? "flagged" : number % 3 == 0 ? "error" : "pass", id);
        }

        string? line = server.Output.Split('\n').FirstOrDefault(static line => line.Contains("Took up", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split(' ').First(static word => int.TryParse(word, out _)), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<Dictionary<string, string>> ReadAllAsync(HttpClient http)
    {
        var stored = new Dictionary<string, string>();
        int total = 0;
        for (int page = 1; page == 1 || stored.Count < total; page++)
        {
            Answer answer = await http.GetJsonAsync($"/api/logs?limit=100&sortDir=asc&page={page}");
            total = answer.Body.GetProperty("total").GetInt32();
            foreach (JsonElement log in answer.Executions)
                stored.Add(log.GetProperty("id").GetString()!, log.GetProperty("status").GetString()!); // throws where an id comes twice
            if (!answer.Executions.Any())
                break;
        }

        stored.Count.ShouldBe(total);
        return stored;
    }
}
