using Microsoft.AspNetCore.Authentication;
using Tracira.Server.Api;
using Tracira.Server.Auth.People;

namespace Tracira.Server.Hosting;

internal static class PeopleServices
{
    /// <summary>Registers users, sessions and their endpoints, and the framework's handlers of cookies and of OpenID Connect.</summary>
    public static void AddPeople(this IServiceCollection services, PeopleOptions options)
    {
        AuthenticationBuilder authentication = services.AddAuthentication().AddCookie(Sessions.Scheme, Sessions.Configure);
        if (options.Oidc is { } provider)
            authentication.AddOpenIdConnect(OidcSignIn.Scheme, handler => OidcSignIn.Configure(handler, provider));
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Members>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<SetupLink>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<OidcSignIn>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton<SessionEndpoints>();
        services.AddSingleton<SetupEndpoints>();
        services.AddSingleton<InvitationEndpoints>();
        services.AddSingleton<MemberEndpoints>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<OidcEndpoints>();
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapPeople(this WebApplication app, IEndpointRouteBuilder api)
    {
        app.Services.GetRequiredService<SessionEndpoints>().Map(api);
        app.Services.GetRequiredService<SetupEndpoints>().Map(api);
        app.Services.GetRequiredService<InvitationEndpoints>().Map(api);
        app.Services.GetRequiredService<MemberEndpoints>().Map(api);
        app.Services.GetRequiredService<OidcEndpoints>().Map(api);
        app.Services.GetRequiredService<UserEndpoints>().Map(app);
    }
}
