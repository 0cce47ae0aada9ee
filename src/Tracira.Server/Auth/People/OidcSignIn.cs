using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Auth.People;

/// <summary>
/// Signing in at an OpenID Connect provider, by the framework's handler: code flow with PKCE, state and nonce. People are known by
/// their e-mail address, and from then on by issuer and subject as well, so that an address that goes to somebody else does not take the
/// account along.
/// </summary>
internal sealed class OidcSignIn(
    UserDirectory users, Invitations invitations, Sessions sessions, AuditLog audit, ServerOptions options, TimeProvider time)
{
    /// <summary>The name of the framework's authentication scheme.</summary>
    public const string Scheme = "oidc";

    private const string CallbackPath = "/api/auth/oidc/callback";
    private const string VerifiedClaim = "email_verified";

    public static void Configure(OpenIdConnectOptions handler, OidcOptions provider)
    {
        handler.Authority = provider.Authority.ToString().TrimEnd('/');
        handler.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        handler.ClientId = provider.ClientId;
        handler.ClientSecret = provider.ClientSecret;
        handler.ResponseType = OpenIdConnectResponseType.Code;
        handler.ResponseMode = OpenIdConnectResponseMode.Query;
        handler.CallbackPath = CallbackPath;
        handler.SignInScheme = Sessions.Scheme;
        handler.MapInboundClaims = false;
        handler.DisableTelemetry = true;
        handler.GetClaimsFromUserInfoEndpoint = true;
        handler.ClaimActions.MapUniqueJsonKey(VerifiedClaim, VerifiedClaim);
        handler.BackchannelTimeout = TimeSpan.FromSeconds(10);
        handler.Scope.Clear();
        foreach (string scope in provider.Scopes)
            handler.Scope.Add(scope);

        // The provider sends people back with a plain link, so Lax is enough, and works without https too.
        handler.CorrelationCookie.SameSite = handler.NonceCookie.SameSite = SameSiteMode.Lax;
        handler.CorrelationCookie.SecurePolicy = handler.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

        handler.Events.OnRedirectToIdentityProvider = static context =>
        {
            if (context.HttpContext.RequestServices.GetRequiredService<ServerOptions>().PublicUrl is { } address)
                context.ProtocolMessage.RedirectUri = address + CallbackPath;
            return Task.CompletedTask;
        };
        handler.Events.OnTicketReceived = static async context =>
        {
            context.HandleResponse();
            OidcSignIn signIn = context.HttpContext.RequestServices.GetRequiredService<OidcSignIn>();
            if (await signIn.AdmitAsync(context.HttpContext, context.Principal!).ConfigureAwait(false) is { } refusal)
                await Answers.Error(context.HttpContext, StatusCodes.Status403Forbidden, "forbidden", refusal).ConfigureAwait(false);
            else
                context.Response.Redirect(context.ReturnUri ?? "/");
        };
        handler.Events.OnRemoteFailure = static context =>
        {
            context.HandleResponse();
            return Answers.Error(
                context.HttpContext, StatusCodes.Status403Forbidden, "forbidden", "The sign-in at the provider did not succeed. Begin anew at /api/auth/oidc.");
        };
    }

    // Null, and a session has begun; else why not.
    private async ValueTask<string?> AdmitAsync(HttpContext http, ClaimsPrincipal person)
    {
        OidcOptions provider = options.People.Oidc!;
        if (!EmailAddress.TryParse(person.FindFirstValue("email"), out EmailAddress? email))
            return "The provider does not tell your e-mail address. The scope `email` may be missing (setting Oidc:Scopes).";
        if (!provider.TrustUnverifiedEmail && !string.Equals(person.FindFirstValue(VerifiedClaim), "true", StringComparison.OrdinalIgnoreCase))
            return $"The provider does not say that {email.Text} is yours. Verify the address there (or see the setting Oidc:TrustUnverifiedEmail).";
        if (provider.AllowedDomains.Count > 0 && !provider.AllowedDomains.Contains(email.Domain))
            return $"Addresses of {email.Domain} are not let in here (setting Oidc:AllowedDomains).";

        Claim sub = person.FindFirst("sub")!;
        string subject = $"{sub.Issuer} {sub.Value}";
        (User user, RecordWrite? useUp) = await FindAsync(email, person.FindFirstValue("name"), provider.AutoJoinRole).ConfigureAwait(false);
        if (user.Subject is not null && user.Subject != subject)
            return $"{email.Text} belonged to another account at the provider. Ask an admin to remove the old member first.";
        if (user.Memberships.Count == 0)
            return $"{email.Text} is not a member here. Ask an admin for an invitation.";
        User linked = user with { Subject = subject };
        if ((linked != user || useUp is not null) && !await users.SaveAsync(linked, useUp is null ? [] : [useUp]).ConfigureAwait(false))
            return "Your account was changed at the same moment. Begin anew at /api/auth/oidc.";
        if (!await sessions.BeginAsync(http, linked).ConfigureAwait(false))
            return "This account is in no workspace any more.";
        if (user.Version == 0 || useUp is not null)
            await audit.WriteAsync(http, "member.joined", user.Id, user.Email).ConfigureAwait(false);
        return null;
    }

    // The user, or the one that a stranger would become, by invitation or of itself.
    private async ValueTask<(User User, RecordWrite? UseUp)> FindAsync(EmailAddress email, string? name, Role? autoJoin)
    {
        User? known = await users.FindByEmailAsync(email.Text).ConfigureAwait(false);
        User user = known ?? User.New(email, name, passwordHash: null, time.GetUtcNow());
        if (await invitations.FindByEmailAsync(email).ConfigureAwait(false) is var (invitation, useUp))
            return (invitation.Admit(user), useUp);
        return (known is null && autoJoin is { } role ? user.In(Workspace.DefaultId, role) : user, null);
    }
}
