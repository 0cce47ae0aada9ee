using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Members, and how they come in: invitations and the first admin's link.</summary>
internal static class PeopleCases
{
    private const string Join = $$"""{"password":"{{People.Password}}","name":"Vera"}""";

    public static ContractCase[] All { get; } =
    [
        Good("GET /api/members", 200, static async scene =>
        {
            await scene.MemberAsync(Who.Reviewer);
            await scene.InviteAsync(Who.Viewer);
            return new Call();
        }),
        Good("POST /api/members/invitations", 201, static scene => new Call { Body = $$"""{"email":"{{scene.EmailOf(Who.Viewer)}}","role":"viewer"}""" }),
        Faulty("POST /api/members/invitations", ["email", "role"], static scene => new Call { Body = """{"email":"nobody","role":"owner"}""" }),
        Bad("POST /api/members/invitations", 409, "conflict", "for a member", static async scene =>
        {
            await scene.MemberAsync(Who.Viewer);
            return new Call { Body = $$"""{"email":"{{scene.EmailOf(Who.Viewer)}}","role":"admin"}""" };
        }),
        Good("DELETE /api/members/invitations/{id}", 200, static async scene => new Call { Id = (await scene.InviteAsync(Who.Viewer)).Id }),
        Good("PATCH /api/members/{id}", 200, static async scene => new Call { Id = await scene.MemberAsync(Who.Viewer), Body = """{"role":"reviewer"}""" }),
        Faulty("PATCH /api/members/{id}", ["role"], static async scene => new Call { Id = await scene.MemberAsync(Who.Viewer), Body = """{"role":"owner"}""" }),
        Bad("PATCH /api/members/{id}", 409, "conflict", "about the last admin", static async scene =>
            new Call { Id = await scene.MemberAsync(Who.Admin), Body = """{"role":"viewer"}""" }),
        Good("DELETE /api/members/{id}", 200, static async scene => new Call { Id = await scene.MemberAsync(Who.Viewer) }),
        Bad("DELETE /api/members/{id}", 409, "conflict", "about the last admin", static async scene => new Call { Id = await scene.MemberAsync(Who.Admin) }),

        Good("GET /api/auth/invitations/{token}", 200, static async scene => new Call { Id = await InviteAsync(scene) }),
        Bad("GET /api/auth/invitations/{token}", 404, "not_found", "about what is not there", static scene => new Call()),
        Good("POST /api/auth/invitations/{token}", 200, static async scene => new Call { Id = await InviteAsync(scene), Body = Join }),
        Faulty("POST /api/auth/invitations/{token}", ["name", "password"], static async scene =>
            new Call { Id = await InviteAsync(scene), Body = """{"name":7,"password":"short"}""" }),
        Bad("POST /api/auth/invitations/{token}", 401, "unauthorized", "with a password that is not the account's", static async scene =>
            new Call { Id = await InviteMemberOfAnotherAsync(scene), Body = $$"""{"password":"{{Scene.Wrong}}"}""" }),
        Bad("POST /api/auth/invitations/{token}", 404, "not_found", "that is not there", static scene => new Call { Body = Join }),
        Bad("POST /api/auth/invitations/{token}", 409, "conflict", "by many at the same moment", static async scene =>
            new Call { Id = await InviteAsync(scene), Body = Join, AtOnce = 8 }),
        Bad("POST /api/auth/invitations/{token}", 429, "rate_limited", "after too many guesses", static async scene =>
        {
            string token = await InviteMemberOfAnotherAsync(scene);
            await scene.GuessAsync(scene.EmailOf(Who.Viewer));
            return new Call { Id = token, Body = Join };
        }),

        Good("GET /api/auth/setup", 200, static scene => new Call()),
        Good("POST /api/auth/setup", 200, SetUpAsync),
        Faulty("POST /api/auth/setup", ["email", "name", "password", "token"], static scene => new Call { Body = """{"email":"nobody","name":7,"password":"short"}""" }),
        Bad("POST /api/auth/setup", 403, "forbidden", "with a link that is not the server's", static scene =>
            new Call { Body = $$"""{"token":"none","email":"ada@example.com","password":"{{People.Password}}"}""" }),
        Bad("POST /api/auth/setup", 409, "conflict", "when it has been done", static async scene =>
        {
            Call call = await SetUpAsync(scene);
            using var http = new HttpClient { BaseAddress = call.Server };
            await http.PostJsonAsync("/api/auth/setup", call.Body!);
            return call;
        }),
    ];

    private static async Task<string> InviteAsync(Scene scene) => (await scene.InviteAsync(Who.Viewer))["token"]!;

    // Whoever has an account already joins with its password.
    private static async Task<string> InviteMemberOfAnotherAsync(Scene scene)
    {
        Scene other = await scene.NeighbourAsync();
        Answer invited = await other.DoAsync("POST", "/api/members/invitations", $$"""{"email":"{{scene.EmailOf(Who.Viewer)}}","role":"viewer"}""");
        await other.DoAsync("POST", $"/api/auth/invitations/{invited["token"]}", Join);
        return await InviteAsync(scene);
    }

    private static async Task<Call> SetUpAsync(Scene scene)
    {
        (string output, Uri address) = await scene.StartAsync();
        string token = output.Split("/setup?token=")[1].Split('\n')[0].Trim();
        return new Call { Server = address, Body = $$"""{"token":"{{token}}","email":"ada@example.com","name":"Ada","password":"{{People.Password}}"}""" };
    }
}
