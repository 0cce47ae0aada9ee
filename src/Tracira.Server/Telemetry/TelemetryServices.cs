using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Telemetry;

internal static class TelemetryServices
{
    /// <summary>The name of what is ours among what is measured and traced.</summary>
    public const string Source = "Tracira";

    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
        [Source, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Adds <c>/metrics</c>, and sends measurements and traces by OTLP where an address for that is set.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddSingleton<PrometheusMetrics>();
        builder.Services.AddSingleton<MetricsEndpoint>();
        if (options.OtlpEndpoint is null && string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(StandardEndpoint)))
            return;

        // The standard variables, OTEL_…, are read from here.
        builder.Configuration.AddEnvironmentVariables();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("tracira", serviceVersion: ProductVersion.Current).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter(exporter => Direct(exporter, options)))
            .WithTracing(traces => traces.AddSource(Source, "Microsoft.AspNetCore").AddOtlpExporter(exporter => Direct(exporter, options)));
    }

    private static void Direct(OtlpExporterOptions exporter, ServerOptions options)
    {
        if (options.OtlpEndpoint is { } endpoint)
            exporter.Endpoint = new Uri(endpoint);
    }
}
