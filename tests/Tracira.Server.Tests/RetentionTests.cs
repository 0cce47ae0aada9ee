using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>How long logs are kept.</summary>
public sealed class RetentionTests
{
    private const int Old = 250;

    [Fact]
    public async Task Logs_go_when_server_workspace_or_project_want_them_gone_and_the_numbers_stay_right()
    {
        using var folder = new TemporaryServerFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(
            folder.Path, "", ("TRACIRA_RETENTION__DAYS", "0"), ("TRACIRA_RETENTION__SWEEPSECONDS", "1"));
        HttpClient http = server.Http;
        string kept = await ProjectAsync(http, "Kept", """{"retentionDays":0}""");
        await ProjectAsync(http, "Brief", """{"retentionDays":10}""");
        await Task.WhenAll(Enumerable.Range(0, Old).Select(i => LogAsync(http, "Usual", $"old-{i}", daysAgo: 40)));
        await LogAsync(http, "Usual", "usual-20", 20);
        await LogAsync(http, "Usual", "usual-now", 0);
        await LogAsync(http, "Kept", "kept-40", 40);
        await LogAsync(http, "Brief", "brief-20", 20);
        await LogAsync(http, "Brief", "brief-5", 5);

        await WaitAsync(async () => (await http.GetJsonAsync("/api/logs/brief-20")).Status == 404);
        (await http.GetJsonAsync("/api/logs?project=Usual"))["total"].ShouldBe($"{Old + 2}", "nobody has asked for less yet");

        await http.PatchJsonAsync("/api/settings", """{"retentionDays":30}""");
        await WaitAsync(async () => (await http.GetJsonAsync("/api/logs?project=Usual"))["total"] == "2");
        (await http.GetJsonAsync("/api/logs/usual-20")).Status.ShouldBe(200);
        (await http.GetJsonAsync("/api/logs/kept-40")).Status.ShouldBe(200);
        (await http.GetJsonAsync("/api/logs/brief-5")).Status.ShouldBe(200);

        Answer projects = await http.GetJsonAsync("/api/projects");
        projects.Body.EnumerateArray().ToDictionary(static project => project.GetProperty("name").GetString()!, static project => project.GetProperty("executionCount").GetInt32())
            .ShouldBe(new Dictionary<string, int> { ["Usual"] = 2, ["Kept"] = 1, ["Brief"] = 1 }, ignoreOrder: true);
        Answer list = await http.GetJsonAsync("/api/logs");
        list["total"].ShouldBe("4");
        list.Body.GetProperty("summary").GetProperty("totalRuns").GetInt32().ShouldBe(4);
        (await http.GetJsonAsync("/api/settings")).Body.GetProperty("usage").GetProperty("logsTotal").GetInt32().ShouldBe(4);

        await http.PatchJsonAsync($"/api/projects/{kept}", """{"retentionDays":null}""");
        await WaitAsync(async () => (await http.GetJsonAsync("/api/logs/kept-40")).Status == 404);
    }

    [Fact]
    public async Task The_servers_own_setting_holds_where_nobody_says_otherwise()
    {
        using var folder = new TemporaryServerFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(
            folder.Path, "", ("TRACIRA_RETENTION__DAYS", "30"), ("TRACIRA_RETENTION__SWEEPSECONDS", "1"));
        await server.Http.PatchJsonAsync("/api/settings", """{"retentionDays":0}""");
        await LogAsync(server.Http, "p", "old", 40);
        await LogAsync(server.Http, "p", "new", 20);
        await Task.Delay(TimeSpan.FromSeconds(2));
        (await server.Http.GetJsonAsync("/api/logs/old")).Status.ShouldBe(200, "the workspace keeps its logs for ever");
        await server.Http.PatchJsonAsync("/api/settings", """{"retentionDays":null}""");
        await WaitAsync(async () => (await server.Http.GetJsonAsync("/api/logs/old")).Status == 404);
        (await server.Http.GetJsonAsync("/api/logs/new")).Status.ShouldBe(200);
    }

    private static async Task<string> ProjectAsync(HttpClient http, string name, string change)
    {
        string id = (await http.PostJsonAsync("/api/projects", $$"""{"name":"{{name}}"}""")).Id;
        (await http.PatchJsonAsync($"/api/projects/{id}", change)).Status.ShouldBe(200);
        return id;
    }

    private static async Task LogAsync(HttpClient http, string project, string id, int daysAgo)
    {
        DateTimeOffset timestamp = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        Answer answer = await http.PostJsonAsync("/api/logs", $$"""{"id":"{{id}}","project":"{{project}}","output":"x","timestamp":"{{timestamp:O}}"}""");
        answer.Status.ShouldBe(202);
    }

    private static async Task WaitAsync(Func<Task<bool>> isSo)
    {
        for (int tries = 0; tries < 100; tries++)
        {
            if (await isSo())
                return;
            await Task.Delay(100);
        }

        throw new TimeoutException("It did not become so within ten seconds.");
    }
}
