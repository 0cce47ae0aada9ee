using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Who is in a workspace, and what their roles allow.</summary>
public sealed class PeopleMemberTests(PeopleFixture server) : IClassFixture<PeopleFixture>, IAsyncLifetime
{
    private Browser _admin = null!;

    public async Task InitializeAsync() => _admin = await Browser.SignInAsync(server.Address, People.Admin);

    public Task DisposeAsync()
    {
        _admin.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Whoever_is_invited_joins_by_the_link_once_and_is_signed_in()
    {
        Answer invited = await InviteAsync(" Joan@Example.com ", "reviewer");
        invited.Status.ShouldBe(201);
        invited["email"].ShouldBe("Joan@Example.com");
        invited["link"].ShouldBe($"{server.Address.GetLeftPart(UriPartial.Authority)}/invitation?token={invited["token"]}");
        DateTimeOffset.Parse(invited["expiresAt"]!, CultureInfo.InvariantCulture)
            .ShouldBe(DateTimeOffset.UtcNow.AddDays(7), TimeSpan.FromMinutes(1));
        (await OpenAsync("joan@example.com")).GetProperty("invitedBy").GetString().ShouldBe("ada");

        using var browser = new Browser(server.Address);
        string path = $"/api/auth/invitations/{invited["token"]}";
        Answer shown = await browser.Http.GetJsonAsync(path);
        shown["email"].ShouldBe("Joan@Example.com");
        shown["workspaceName"].ShouldBe("My workspace");
        shown["role"].ShouldBe("reviewer");
        shown["hasAccount"].ShouldBe("False");
        (await browser.Http.PostJsonAsync(path, """{"password":"short"}""")).Fields.ShouldBe(["password"]);
        (await browser.Http.PostJsonAsync(path, $$"""{"name":"{{new string('x', 201)}}"}""")).Fields.ShouldBe(["name", "password"]);

        Answer joined = await browser.Http.PostJsonAsync(path, $$"""{"name":"Joan","password":"{{People.Password}}"}""");
        joined.Status.ShouldBe(200);
        joined["name"].ShouldBe("Joan");
        joined["role"].ShouldBe("reviewer");
        (await browser.StatusOfMeAsync()).ShouldBe(200);
        (await browser.Http.PostJsonAsync(path, $$"""{"password":"{{People.Password}}"}""")).Status.ShouldBe(404);
        (await browser.Http.GetJsonAsync(path))["error"]!.ShouldContain("Ask for a new one");

        JsonElement member = (await MembersAsync()).Single(static member => member.GetProperty("name").GetString() == "Joan");
        member.GetProperty("role").GetString().ShouldBe("reviewer");
        member.GetProperty("id").GetString().ShouldBe(joined.Id);
        (await InviteAsync("joan@example.com", "admin"))["code"].ShouldBe("conflict");
    }

    [Fact]
    public async Task An_invitation_that_is_none_is_told_what_is_wrong()
    {
        (await InviteAsync("nobody", "boss")).Fields.ShouldBe(["email", "role"]);
        (await _admin.Http.PostJsonAsync("/api/members/invitations", "{}")).Fields.ShouldBe(["email", "role"]);
        using var browser = new Browser(server.Address);
        foreach (string token in new[] { "x", new string('x', 2000), "..%2F" })
            (await browser.Http.GetJsonAsync($"/api/auth/invitations/{token}")).Status.ShouldBe(404, token);
        (await browser.Http.PostJsonAsync("/api/auth/invitations/x", "{}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_invitation_that_was_withdrawn_or_made_anew_no_longer_opens()
    {
        Answer first = await InviteAsync("mary@example.com", "viewer");
        Answer second = await InviteAsync("MARY@example.com", "admin");
        using var browser = new Browser(server.Address);
        (await browser.Http.GetJsonAsync($"/api/auth/invitations/{first["token"]}")).Status.ShouldBe(404);
        (await browser.Http.GetJsonAsync($"/api/auth/invitations/{second["token"]}"))["role"].ShouldBe("admin");

        (await _admin.Http.DeleteJsonAsync($"/api/members/invitations/{second.Id}"))["ok"].ShouldBe("True");
        (await _admin.Http.DeleteJsonAsync($"/api/members/invitations/{second.Id}"))["code"].ShouldBe("not_found");
        (await browser.Http.PostJsonAsync($"/api/auth/invitations/{second["token"]}", $$"""{"password":"{{People.Password}}"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Roles_open_what_they_should_and_nothing_else()
    {
        (Browser viewer, _) = await People.JoinAsync(_admin, "viewer@example.com", "viewer");
        (Browser reviewer, _) = await People.JoinAsync(_admin, "reviewer@example.com", "reviewer");
        Answer rule = await _admin.Http.PostJsonAsync("/api/rules", """{"name":"r","type":"length_limit","value":"500"}""");
        rule.Status.ShouldBe(201);
        (Browser Who, string Method, string Path, int Status)[] table =
        [
            (viewer, "GET", "/api/rules", 200), (viewer, "GET", "/api/logs", 200), (viewer, "POST", "/api/logs", 403),
            (viewer, "POST", "/api/rules", 403), (viewer, "PATCH", $"/api/rules/{rule.Id}", 403), (viewer, "DELETE", $"/api/rules/{rule.Id}", 403),
            (viewer, "GET", "/api/members", 403), (viewer, "POST", "/api/members/invitations", 403), (viewer, "PATCH", "/api/members/x", 403),
            (reviewer, "GET", "/api/rules", 200), (reviewer, "PATCH", $"/api/rules/{rule.Id}", 403), (reviewer, "DELETE", "/api/members/x", 403),
            (_admin, "PATCH", $"/api/rules/{rule.Id}", 200), (_admin, "GET", "/api/members", 200), (_admin, "DELETE", "/api/members/x", 404),
        ];
        foreach ((Browser who, string method, string path, int status) in table)
        {
            Answer answer = await who.Http.CallAsync(new HttpMethod(method), path, method is "POST" or "PATCH" ? "{}" : null);
            answer.Status.ShouldBe(status, $"{method} {path}");
            if (status == 403)
                answer["code"].ShouldBe("forbidden");
        }

        (await server.Http.GetJsonAsync("/api/members")).Status.ShouldBe(403);
        viewer.Dispose();
        reviewer.Dispose();
    }

    [Fact]
    public async Task A_changed_role_counts_from_the_next_request_and_a_removed_member_is_out_at_once()
    {
        (Browser browser, string id) = await People.JoinAsync(_admin, "kay@example.com", "viewer");
        (await browser.Http.PostJsonAsync("/api/rules", "{}")).Status.ShouldBe(403);
        (await _admin.Http.PatchJsonAsync($"/api/members/{id}", """{"role":"boss"}""")).Fields.ShouldBe(["role"]);
        (await _admin.Http.PatchJsonAsync($"/api/members/{id}", """{"role":"admin"}"""))["ok"].ShouldBe("True");
        (await browser.Http.PostJsonAsync("/api/rules", "{}")).Status.ShouldBe(400);
        (await _admin.Http.PatchJsonAsync($"/api/members/{id}", """{"role":"viewer"}""")).Status.ShouldBe(200);
        (await browser.Http.PostJsonAsync("/api/rules", "{}")).Status.ShouldBe(403);

        (await _admin.Http.DeleteJsonAsync($"/api/members/{id}"))["ok"].ShouldBe("True");
        (await browser.StatusOfMeAsync()).ShouldBe(401);
        (await browser.SignInAsync("kay@example.com", People.Password)).Status.ShouldBe(401);
        (await _admin.Http.DeleteJsonAsync($"/api/members/{id}")).Status.ShouldBe(404);
        (await _admin.Http.PatchJsonAsync($"/api/members/{id}", """{"role":"admin"}""")).Status.ShouldBe(404);

        (Browser again, string other) = await People.JoinAsync(_admin, "kay@example.com", "viewer");
        other.ShouldNotBe(id);
        (await browser.StatusOfMeAsync()).ShouldBe(401);
        browser.Dispose();
        again.Dispose();
    }

    private Task<Answer> InviteAsync(string email, string role) =>
        _admin.Http.PostJsonAsync("/api/members/invitations", $$"""{"email":"{{email}}","role":"{{role}}"}""");

    private async Task<IEnumerable<JsonElement>> MembersAsync() =>
        (await _admin.Http.GetJsonAsync("/api/members")).Body.GetProperty("members").EnumerateArray();

    private async Task<JsonElement> OpenAsync(string email) =>
        (await _admin.Http.GetJsonAsync("/api/members")).Body.GetProperty("invitations").EnumerateArray()
            .Single(invitation => string.Equals(invitation.GetProperty("email").GetString(), email, StringComparison.OrdinalIgnoreCase));
}
