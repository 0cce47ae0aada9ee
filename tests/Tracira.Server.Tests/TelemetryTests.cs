using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What the server tells of how it is: /metrics, and OpenTelemetry.</summary>
public sealed class TelemetryTests : IDisposable
{
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
        await using ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path,
            "",
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.AddressOf("")),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"));
        await server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"blue"}""");
        for (int i = 0; i < 500 && !Told("/v1/metrics", "tracira.logs.accepted"); i++)
            await Task.Delay(20);
        for (int i = 0; i < 500 && !Told("/v1/traces", "tracira.submit"); i++)
            await Task.Delay(20);
        Told("/v1/metrics", "tracira.logs.accepted").ShouldBeTrue();
        Told("/v1/traces", "tracira.submit").ShouldBeTrue();

        // Protobuf keeps texts as they are.
        bool Told(string path, string name) => asked.TryGetValue(path, out string? body) && body.Contains(name, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, double>> ReadAsync(ServerProcess server) =>
        (await server.Http.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith('#'))
            .Select(static line => line.Split(' '))
            .ToDictionary(static line => line[0], static line => double.Parse(line[1], CultureInfo.InvariantCulture));
}
