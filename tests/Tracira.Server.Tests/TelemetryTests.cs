using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What the server tells of how it is: /metrics, and OpenTelemetry.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly string[] Metrics =
    [
        "tracira.logs.accepted", "tracira.verdicts", "tracira.evaluation.duration", "tracira.judge.duration", "tracira.outbox.waiting",
        "tracira.store.commit.duration", "tracira.delivery.attempts", "tracira.delivery.duration",
    ];

    private readonly TemporaryServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_count_what_happened_in_the_text_format_of_Prometheus()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, "", ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"));
        await server.Http.PostJsonAsync("/api/rules", """{"name":"r","type":"keyword_forbidden","value":"red"}""");
        await server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"red"}""");
        await server.Http.PostJsonAsync("/api/logs", $$"""{"project":"p","output":"blue","callbackUrl":"{{receiver.AddressOf("/hook")}}"}""");
        await server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":""}""");
        await receiver.WaitAsync(1);
        Dictionary<string, double> metrics = [];
        for (int i = 0; i < 100 && metrics.GetValueOrDefault("tracira_delivery_attempts_total{outcome=\"delivered\"}") < 1; i++)
        {
            metrics = await ReadAsync(server);
            await Task.Delay(20);
        }

        metrics["tracira_logs_accepted_total"].ShouldBe(2);
        metrics["tracira_verdicts_total{status=\"flagged\"}"].ShouldBe(1);
        metrics["tracira_verdicts_total{status=\"pass\"}"].ShouldBe(1);
        metrics["tracira_evaluation_duration_seconds_count"].ShouldBe(2);
        metrics["tracira_evaluation_duration_seconds_bucket{le=\"+Inf\"}"].ShouldBe(2);
        metrics["tracira_evaluation_duration_seconds_bucket{le=\"30\"}"].ShouldBe(2);
        metrics["tracira_store_commit_duration_seconds_count"].ShouldBeGreaterThanOrEqualTo(2);
        metrics["tracira_delivery_attempts_total{outcome=\"delivered\"}"].ShouldBe(1);
        metrics["tracira_outbox_waiting"].ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Judging_is_measured_too()
    {
        await using JudgedServer server = await JudgedServer.StartAsync();
        string project = await server.AddRuleAsync("openai", "openai/slow");
        await server.JudgeAsync(project, "Hello");
        Dictionary<string, double> metrics = await ReadAsync(server.Process);
        metrics["tracira_logs_accepted_total"].ShouldBe(1);
        metrics["tracira_verdicts_total{status=\"pass\"}"].ShouldBe(1);
        metrics["tracira_judge_duration_seconds_count"].ShouldBe(1);
        metrics["tracira_judge_duration_seconds_sum"].ShouldBeInRange(0.1, 5);
    }

    [Fact]
    public async Task Metrics_are_for_everybody_where_the_setting_says_so()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, "", ("TRACIRA_METRICS__PUBLIC", "true"));
        using var stranger = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage response = await stranger.GetAsync("/metrics");
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
    }

    [Fact]
    public async Task Measurements_and_traces_go_to_the_collector_that_the_standard_variable_names()
    {
        var asked = new ConcurrentDictionary<string, string>();
        await using WebhookHost collector = await WebhookHost.StartAsync((webhook, http) =>
        {
            asked.AddOrUpdate(webhook.Path, webhook.Body, (_, before) => before + webhook.Body);
            http.Response.StatusCode = 200;
            return Task.CompletedTask;
        });
        await using JudgedServer server = await JudgedServer.StartAsync(
            ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.AddressOf("")),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"));
        string project = await server.AddRuleAsync("openai", "m");
        await server.Http.PatchJsonAsync("/api/settings", $$"""{"outboundWebhookUrl":"{{collector.AddressOf("/hook")}}"}""");
        await server.JudgeAsync(project, "blue");
        (string Path, string Name)[] expected =
        [
            .. Metrics.Select(static name => ("/v1/metrics", name)),
            ("/v1/traces", "tracira.submit"), ("/v1/traces", "tracira.judge"), ("/v1/traces", "tracira.deliver"),
        ];
        for (int i = 0; i < 500 && !expected.All(IsTold); i++)
            await Task.Delay(20);
        expected.Where(entry => !IsTold(entry)).ShouldBeEmpty();

        // Protobuf keeps texts as they are.
        bool IsTold((string Path, string Name) entry) =>
            asked.TryGetValue(entry.Path, out string? body) && body.Contains(entry.Name, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, double>> ReadAsync(ServerProcess server) =>
        (await server.Http.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split(' '))
            .ToDictionary(static line => line[0], static line => double.Parse(line[1], CultureInfo.InvariantCulture));
}
