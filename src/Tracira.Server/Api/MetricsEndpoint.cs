using System.Text;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Telemetry;

namespace Tracira.Server.Api;

/// <summary>
/// /metrics in Prometheus' text format. It says how much goes on in the whole server, so whoever asks needs a credential that may read,
/// unless the setting Metrics:Public says otherwise.
/// </summary>
internal sealed class MetricsEndpoint(PrometheusMetrics metrics, ServerOptions options)
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public void Map(IEndpointRouteBuilder routes)
    {
        IEndpointConventionBuilder endpoint = routes.MapGet("/metrics", Get).ExcludeFromDescription();
        if (options.MetricsArePublic)
            endpoint.AllowAnonymous();
        else
            endpoint.Requires(Permissions.Read);
    }

    private async Task Get(HttpContext http)
    {
        http.Response.ContentType = ContentType;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(metrics.Write()), http.RequestAborted).ConfigureAwait(false);
    }
}
