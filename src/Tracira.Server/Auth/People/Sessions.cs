using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Tracira.Server.Api;
using Tracira.Server.Live;

namespace Tracira.Server.Auth.People;

/// <summary>
/// Sessions of signed-in people, in the framework's own cookie. The cookie says who, in which workspace, and the user's stamp; whether that
/// still holds, and what it allows, is looked up for every request. A session that was ended is noted, so that a copy of its cookie is dead too.
/// </summary>
internal sealed class Sessions(UserDirectory users, WorkspaceDirectory workspaces, ITraciraStore store, LiveFeed live, TimeProvider time)
{
    /// <summary>The name of the framework's authentication scheme.</summary>
    public const string Scheme = "session";

    public const string CookieName = "tracira_session";

    private const string EndedKind = "session-ended";
    private const string UserClaim = "user";
    private const string StampClaim = "stamp";
    private const string WorkspaceClaim = "workspace";
    private const string SessionClaim = "session";

    // Without being used.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = static context =>
            context.HttpContext.RequestServices.GetRequiredService<Sessions>().ValidateAsync(context);
    }

    /// <summary>The workspaces that a user is in, oldest first.</summary>
    public IReadOnlyList<Workspace> WorkspacesOf(User user) => [.. workspaces.All.Where(workspace => user.Memberships.ContainsKey(workspace.Id))];

    /// <summary>Begins a session, and makes the person the request's caller.</summary>
    /// <param name="http">The request.</param>
    /// <param name="user">Who has proved to be it.</param>
    /// <param name="workspaceId">The workspace to begin in; null for the first of the user's.</param>
    /// <returns>False where the user is not in that workspace, or in none; there is no session then.</returns>
    public async ValueTask<bool> BeginAsync(HttpContext http, User user, string? workspaceId = null)
    {
        if (WorkspacesOf(user).FirstOrDefault(known => workspaceId is null || known.Id == workspaceId) is not { } workspace)
            return false;
        var properties = new AuthenticationProperties { IsPersistent = true };
        await http.SignInAsync(Scheme, PrincipalOf(user, workspace.Id), properties).ConfigureAwait(false);
        http.Features.Set(CallerOf(user, workspace));
        return true;
    }

    /// <summary>Ends the request's session.</summary>
    public async ValueTask EndAsync(HttpContext http)
    {
        AuthenticateResult session = await http.AuthenticateAsync(Scheme).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        List<RecordWrite> writes = [];
        foreach (Record ended in await store.Records.ListAsync(EndedKind, "").ConfigureAwait(false))
        {
            if (JsonSerializer.Deserialize(ended.Json, ApiJson.Wire.DateTimeOffset) + Lifetime < now)
                writes.Add(new RecordWrite(EndedKind, "", ended.Id, null));
        }

        if (session.Principal?.FindFirstValue(SessionClaim) is { } id)
            writes.Add(new RecordWrite(EndedKind, "", id, JsonSerializer.Serialize(now, ApiJson.Wire.DateTimeOffset)));
        await store.Records.WriteAsync(writes).ConfigureAwait(false);
        await http.SignOutAsync(Scheme).ConfigureAwait(false);
        if (session.Principal?.FindFirstValue(UserClaim) is { } userId)
            live.End(userId);
    }

    private static Caller CallerOf(User user, Workspace workspace) =>
        new(workspace, CallerKind.User, user.Id, user.Name, user.Memberships[workspace.Id].Permissions());

    private static ClaimsPrincipal PrincipalOf(User user, string workspaceId) => new(new ClaimsIdentity(
        [
            new Claim(UserClaim, user.Id),
            new Claim(StampClaim, user.Stamp),
            new Claim(WorkspaceClaim, workspaceId),
            new Claim(SessionClaim, Guid.NewGuid().ToString()),
        ],
        Scheme));

    // Leaves the caller with the request, or turns the cookie down.
    private async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal
            && principal.FindFirstValue(UserClaim) is { } userId
            && principal.FindFirstValue(WorkspaceClaim) is { } workspaceId
            && principal.FindFirstValue(SessionClaim) is { } sessionId
            && await users.FindAsync(userId).ConfigureAwait(false) is { } user
            && user.Stamp == principal.FindFirstValue(StampClaim)
            && await store.Records.FindAsync(EndedKind, "", sessionId).ConfigureAwait(false) is null
            && user.Memberships.ContainsKey(workspaceId)
            && workspaces.FindById(workspaceId) is { } workspace)
        {
            context.HttpContext.Features.Set(CallerOf(user, workspace));
        }
        else
        {
            context.RejectPrincipal();
        }
    }
}
