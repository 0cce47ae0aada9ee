using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Sends people to the OpenID Connect provider. The framework's handler takes them back, at /api/auth/oidc/callback.</summary>
internal sealed class OidcEndpoints(ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/auth/oidc", Start)
        .AllowAnonymous()
        .Describe("startOidc", "People", "Sign in at the OpenID Connect provider: redirects there")
        .TakesQuery(("returnTo", "the path of ours to come back to, / unless given"))
        .Redirects()
        .Fails(404, 503);

    private async Task Start(HttpContext http)
    {
        if (options.People.Oidc is null)
        {
            await Answers.Error(http, 404, "not_found", "No OpenID Connect provider is set (setting Oidc:Authority).").ConfigureAwait(false);
            return;
        }

        try
        {
            // Kept once it is there; the handler would fail without it.
            IOptionsMonitor<OpenIdConnectOptions> handlers = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>();
            await handlers.Get(OidcSignIn.Scheme).ConfigurationManager!.GetConfigurationAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            await Answers.Unavailable(http, "The OpenID Connect provider cannot be reached.").ConfigureAwait(false);
            return;
        }

        string? path = http.Request.Query["returnTo"];
        await http.ChallengeAsync(OidcSignIn.Scheme, new AuthenticationProperties { RedirectUri = IsOurs(path) ? path : "/" }).ConfigureAwait(false);
    }

    // Anything but a path could lead elsewhere: //host, /\host.
    private static bool IsOurs(string? path) => path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
