using System.Net.Sockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections.Features;
using Tracira.Server.Api;
using Tracira.Server.Auth.People;

namespace Tracira.Server.Auth;

/// <summary>
/// Finds out who makes a request and turns away who is unknown or may not. An endpoint is open to everybody only where it says so with
/// <see cref="IAllowAnonymous"/>; else it says what it requires with <see cref="RequiredPermission"/>.
/// </summary>
internal sealed class Authentication(RequestDelegate next, WorkspaceDirectory workspaces, ApiKeys keys)
{
    /// <summary>The header in which the operator names the workspace that a request is about.</summary>
    public const string WorkspaceHeader = "X-Tracira-Workspace";

    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        // What is no route of ours is routing's own refusal, 404, 405 or 415: there is nothing behind it to protect.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(http);

        if (http.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix)
            return GoOnAsOperator(http, endpoint);

        ReadOnlySpan<char> credential = CredentialOf(http.Request.Headers);
        if (credential.IsEmpty && http.Request.Cookies.ContainsKey(Sessions.CookieName))
            return GoOnWithSessionAsync(http, endpoint);
        if (credential.IsEmpty)
            return Refuse(http, "Missing token: send the header Authorization: Bearer YOUR_TOKEN.");
        if (credential.StartsWith(ApiKeys.Prefix))
            return GoOnWithKeyAsync(http, endpoint, keys.Find(credential));
        return workspaces.Find(credential) is { } workspace
            ? GoOn(http, endpoint, Caller.OfToken(workspace))
            : Refuse(http, "Unknown token: it may have been rotated. `tracira token show` tells the current one.");
    }

    private async Task GoOnWithSessionAsync(HttpContext http, RouteEndpoint endpoint)
    {
        await http.AuthenticateAsync(Sessions.Scheme).ConfigureAwait(false);
        if (http.Features.Get<Caller>() is not { } caller)
            await Refuse(http, "The session has ended. Sign in again.").ConfigureAwait(false);
        else if (!SameOrigin.IsProvenBy(http.Request))
            await Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", SameOrigin.Expected).ConfigureAwait(false);
        else
            await GoOn(http, endpoint, caller).ConfigureAwait(false);
    }

    // Tokens and keys tell themselves apart, so each is taken from either header.
    private static ReadOnlySpan<char> CredentialOf(IHeaderDictionary headers)
    {
        if ((string?)headers[ApiKeys.HeaderName] is { Length: > 0 } key)
            return key.AsSpan().Trim();
        string? header = headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header.AsSpan(Scheme.Length).Trim() : default;
    }

    private Task GoOnAsOperator(HttpContext http, RouteEndpoint endpoint)
    {
        string? id = http.Request.Headers[WorkspaceHeader];
        Workspace? workspace = id is null ? workspaces.Default : workspaces.FindById(id);
        return workspace is null
            ? Answers.Error(http, StatusCodes.Status404NotFound, "not_found", $"There is no workspace {id}. `tracira workspace list` lists them.")
            : GoOn(http, endpoint, Caller.OfOperator(workspace));
    }

    private async Task GoOnWithKeyAsync(HttpContext http, RouteEndpoint endpoint, ApiKey? key)
    {
        if (key is null || workspaces.FindById(key.WorkspaceId) is not { } workspace)
        {
            await Refuse(http, "Unknown API key: it may have been revoked.").ConfigureAwait(false);
        }
        else if (keys.HasExpired(key))
        {
            await Refuse(http, "The API key has expired. Ask for a new one.").ConfigureAwait(false);
        }
        else
        {
            await keys.NoteUseAsync(key).ConfigureAwait(false);
            await GoOn(http, endpoint, Caller.OfKey(workspace, key)).ConfigureAwait(false);
        }
    }

    private Task GoOn(HttpContext http, RouteEndpoint endpoint, Caller caller)
    {
        if (http.Request.Path.StartsWithSegments("/operator") && caller.Kind != CallerKind.Operator)
            return Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", "This is for the command line on the server itself.");
        Permissions required = endpoint.Metadata.GetMetadata<RequiredPermission>()?.Permission ?? Permissions.All;
        if ((caller.Permissions & required) != required)
            return Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", $"This credential does not reach that far: {required} is needed.");
        http.Features.Set(caller);
        return next(http);
    }

    private static Task Refuse(HttpContext http, string sentence)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Error(http, StatusCodes.Status401Unauthorized, "unauthorized", sentence);
    }
}
