namespace Tracira.Server.Api;

/// <summary>/healthz: the process answers. /readyz: it accepts logs.</summary>
internal sealed class HealthEndpoints(ITraciraStore store, IHostApplicationLifetime lifetime)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static http => Answer(http, "ok"))
            .AllowAnonymous().Describe("health", "Health", "Whether the process answers").Returns<HealthAnswer>(200);
        routes.MapGet("/readyz", Ready)
            .AllowAnonymous().Describe("ready", "Health", "Whether logs are accepted").Returns<HealthAnswer>(200).Fails(503);
    }

    private async Task Ready(HttpContext http)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await Answers.Unavailable(http, "The server is shutting down.").ConfigureAwait(false);
            return;
        }

        await store.Records.WriteAsync([], http.RequestAborted).ConfigureAwait(false); // writes nothing, but throws where nothing can be written
        await Answer(http, "ready").ConfigureAwait(false);
    }

    private static Task Answer(HttpContext http, string status) =>
        Answers.Json(http, 200, new HealthAnswer(status), ApiJson.Wire.HealthAnswer);
}
