using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections.Features;
using Tracira.Server.Api;

namespace Tracira.Server.Auth;

/// <summary>
/// Finds out who makes a request to /api or /operator and turns away who is unknown. An endpoint is open to everybody only where it says
/// so with <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class Authentication(RequestDelegate next, WorkspaceDirectory workspaces)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        Endpoint? endpoint = http.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(http);

        if (http.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix)
        {
            http.Features.Set(new Caller(workspaces.Default, IsOperator: true));
            return next(http);
        }

        string? header = http.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Refuse(http, "Missing token: send the header Authorization: Bearer YOUR_TOKEN.");
        if (workspaces.Find(header.AsSpan(Scheme.Length).Trim()) is not { } workspace)
            return Refuse(http, "Unknown token: it may have been rotated. `tracira token show` tells the current one.");
        if (http.Request.Path.StartsWithSegments("/operator"))
            return Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", "This is for the command line on the server itself.");

        http.Features.Set(new Caller(workspace, IsOperator: false));
        return next(http);
    }

    private static Task Refuse(HttpContext http, string sentence)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Error(http, StatusCodes.Status401Unauthorized, "unauthorized", sentence);
    }
}
