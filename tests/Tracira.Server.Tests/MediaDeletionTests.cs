using System.Text.Json;
using Shouldly;
using Tracira.Server.Tests.Contract;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A server that looks every second for what need not be kept.</summary>
public sealed class SweepingServer : ServerFixture
{
    protected override (string Name, string Value)[] Environment => [("TRACIRA_RETENTION__SWEEPSECONDS", "1")];
}

/// <summary>Whatever way logs go, their files go with them, and the numbers say so.</summary>
public sealed class MediaDeletionTests(SweepingServer server) : IClassFixture<SweepingServer>
{
    private const string Kept = """ "project":"Kept","output":"x","attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}] """;

    private const string Going = """
        "project":"Going","task":"t","id":"going","output":"x","timestamp":"2026-01-31T12:00:00Z",
        "attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"},{"source":"upload","data":"SGVsbG8hIQ==","filename":"b.txt"}]
        """;

    [Theory]
    [InlineData("DELETE", "/api/logs/going", null)]
    [InlineData("PATCH", "/api/logs/bulk", """{"ids":["going"],"action":"delete"}""")]
    [InlineData("DELETE", "/api/projects/{project}/tasks?taskName=T", null)]
    [InlineData("DELETE", "/api/projects/{project}", null)]
    [InlineData("PATCH", "/api/projects/{project}", """{"retentionDays":30}""")]
    [InlineData("PATCH", "/api/settings", """{"retentionDays":30}""")]
    public async Task With_logs_their_files_go(string method, string path, string? body)
    {
        await using Scene scene = await Scene.SetAsync(server);
        string kept = await LinkAsync(scene, await scene.LogAsync(Kept));
        string gone = await LinkAsync(scene, await scene.LogAsync(Going));
        (await BytesAsync(scene)).ShouldBe(17);

        string project = (await scene.DoAsync("GET", "/api/logs/going"))["projectId"]!;
        await scene.DoAsync(method, path.Replace("{project}", project, StringComparison.Ordinal), body);
        for (int tries = 0; tries < 100 && await BytesAsync(scene) != 5; tries++)
            await Task.Delay(100);

        (await BytesAsync(scene)).ShouldBe(5);
        JsonElement list = (await scene.DoAsync("GET", "/api/logs")).Body;
        list.GetProperty("total").GetInt32().ShouldBe(1);
        list.GetProperty("summary").GetProperty("totalRuns").GetInt32().ShouldBe(1);
        using var anybody = new HttpClient { BaseAddress = server.Address };
        (await anybody.GetJsonAsync(gone)).Status.ShouldBe(404, "a link that was given away before");
        (await anybody.GetStringAsync(kept)).ShouldBe("Hello");
    }

    private static async Task<string> LinkAsync(Scene scene, string id)
    {
        JsonElement file = (await scene.DoAsync("GET", $"/api/logs/{id}")).Body.GetProperty("attachments")[0];
        return (await scene.DoAsync("GET", $"/api/media-url?source={file.GetProperty("key").GetString()}"))["url"]!;
    }

    private static async Task<long> BytesAsync(Scene scene) =>
        (await scene.DoAsync("GET", "/api/settings")).Body.GetProperty("usage").GetProperty("mediaBytes").GetInt64();
}
