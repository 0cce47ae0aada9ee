using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Signing in and out, and what people do about their own account.</summary>
internal static class SessionCases
{
    private const string NewPassword = $$"""{"currentPassword":"{{People.Password}}","newPassword":"another horse battery"}""";

    public static ContractCase[] All { get; } =
    [
        Good("POST /api/auth/sign-in", 200, SignInAsync),
        Faulty("POST /api/auth/sign-in", ["email", "password"], static scene => new Call { Body = "{}" }),
        Bad("POST /api/auth/sign-in", 401, "unauthorized", "with the wrong password", static scene =>
            new Call { Body = $$"""{"email":"{{scene.EmailOf(Who.Viewer)}}","password":"{{Scene.Wrong}}"}""" }),
        Bad("POST /api/auth/sign-in", 403, "forbidden", "by somebody who is in no workspace any more", static async scene =>
        {
            Call call = await SignInAsync(scene);
            await scene.DoAsync("DELETE", $"/operator/workspaces/{scene.WorkspaceId}");
            return call;
        }),
        Bad("POST /api/auth/sign-in", 429, "rate_limited", "after too many guesses", static async scene =>
        {
            Call call = await SignInAsync(scene);
            await scene.GuessAsync(scene.EmailOf(Who.Viewer));
            return call;
        }),
        Good("POST /api/auth/sign-out", 200, static scene => new Call { By = Who.Viewer }),
        Bad("POST /api/auth/sign-out", 403, "forbidden", "from another site's page", static async scene => new Call
        {
            By = Who.WithNothing,
            Headers = [(await scene.HeadersOfAsync(Who.Viewer))[0], ("Sec-Fetch-Site", "cross-site")],
        }),

        Good("DELETE /api/me/sessions", 200, static scene => new Call { By = Who.Viewer }),
        Good("GET /api/me", 200, static scene => new Call { By = Who.Viewer }),
        Good("PATCH /api/me/password", 200, static scene => new Call { By = Who.Viewer, Body = NewPassword }),
        Faulty("PATCH /api/me/password", ["currentPassword", "newPassword"], static scene => new Call { By = Who.Viewer, Body = """{"newPassword":"short"}""" }),
        Faulty(
            "PATCH /api/me/password",
            ["currentPassword"],
            static scene => new Call { By = Who.Viewer, Body = $$"""{"currentPassword":"{{Scene.Wrong}}","newPassword":"another horse battery"}""" },
            "with the wrong password"),
        Bad("PATCH /api/me/password", 429, "rate_limited", "after too many guesses", static async scene =>
        {
            await scene.HeadersOfAsync(Who.Viewer);
            await scene.GuessAsync(scene.EmailOf(Who.Viewer));
            return new Call { By = Who.Viewer, Body = NewPassword };
        }),
        Good("POST /api/me/workspace", 200, static scene => new Call { By = Who.Viewer, Body = $$"""{"workspaceId":"{{scene.WorkspaceId}}"}""" }),
        Faulty("POST /api/me/workspace", ["workspaceId"], static scene => new Call { By = Who.Viewer, Body = "{}" }),
        Bad("POST /api/me/workspace", 404, "not_found", "into somebody else's", static async scene =>
            new Call { By = Who.Viewer, Body = $$"""{"workspaceId":"{{(await scene.NeighbourAsync()).WorkspaceId}}"}""" }),

        Good("GET /api/auth/oidc", 302, static async scene =>
        {
            OidcProvider provider = scene.Keep(await OidcProvider.StartAsync());
            return new Call { Server = (await scene.StartAsync(Provider(provider.Address))).Address };
        }),
        Bad("GET /api/auth/oidc", 404, "not_found", "where there is no provider", static scene => new Call()),
        Bad("GET /api/auth/oidc", 503, "unavailable", "where the provider is away", static async scene =>
            new Call { Server = (await scene.StartAsync(Provider("http://127.0.0.1:1"))).Address }),
    ];

    private static async Task<Call> SignInAsync(Scene scene)
    {
        await scene.MemberAsync(Who.Viewer);
        return new Call { Body = $$"""{"email":"{{scene.EmailOf(Who.Viewer)}}","password":"{{People.Password}}"}""" };
    }

    private static (string Name, string Value)[] Provider(string address) =>
        [("TRACIRA_OIDC__AUTHORITY", address), ("TRACIRA_OIDC__CLIENT_ID", OidcProvider.ClientId), ("TRACIRA_OIDC__CLIENT_SECRET", OidcProvider.ClientSecret)];
}
