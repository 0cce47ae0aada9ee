using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace Tracira.Server.Hosting;

/// <summary>
/// The API reference at /docs/api, made from the OpenAPI document. It has to work where there is no internet, so everything in it that
/// would ask somebody else is off, and a content security policy holds the browser to that.
/// </summary>
internal static class ApiReference
{
    public const string Path = "/docs/api";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, Configure).AllowAnonymous();

    private static void Configure(ScalarOptions options, HttpContext http)
    {
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        options.WithTitle("Tracira API")
            .WithNonce(nonce)
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()
            .DisableDefaultFonts()
            .HideClientButton();
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }
}
