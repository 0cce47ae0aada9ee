using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Signing in and out, and one's own account.</summary>
public sealed class PeopleSignInTests(PeopleFixture server) : IClassFixture<PeopleFixture>
{
    [Fact]
    public async Task Whoever_signs_in_is_told_who_and_where_and_gets_a_cookie_that_scripts_and_other_sites_cannot_use()
    {
        using var browser = new Browser(server.Address);
        Answer answer = await browser.SignInAsync("  ADA@Example.COM ", People.Password);
        answer.Status.ShouldBe(200);
        answer["email"].ShouldBe(People.Admin);
        answer["name"].ShouldBe("ada");
        answer["workspaceId"].ShouldBe("default");
        answer["workspaceName"].ShouldBe("My workspace");
        answer["role"].ShouldBe("admin");
        answer.Body.GetProperty("workspaces")[0].GetProperty("name").GetString().ShouldBe("My workspace");
        string cookie = answer.Headers["Set-Cookie"];
        cookie.ShouldStartWith("tracira_session=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("secure");
        cookie.ShouldContain("expires=");

        Answer me = await browser.Http.GetJsonAsync("/api/me");
        me.Status.ShouldBe(200);
        me.Body.ToString().ShouldBe(answer.Body.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        using var browser = new Browser(server.Address);
        Answer wrong = await browser.SignInAsync(People.Admin, "not the password");
        Answer unknown = await browser.SignInAsync("nobody@example.com", "not the password");
        wrong.Status.ShouldBe(401);
        wrong["code"].ShouldBe("unauthorized");
        unknown.Status.ShouldBe(401);
        unknown.Body.ToString().ShouldBe(wrong.Body.ToString());
        browser.Session.ShouldBeNull();
    }

    [Fact]
    public async Task A_sign_in_that_is_none_is_told_what_is_missing()
    {
        using var browser = new Browser(server.Address);
        Answer empty = await browser.Http.PostJsonAsync("/api/auth/sign-in", "{}");
        empty.Status.ShouldBe(400);
        empty.Fields.ShouldBe(["email", "password"]);
        (await browser.Http.PostJsonAsync("/api/auth/sign-in", "[]"))["code"].ShouldBe("invalid_json");
        using var form = new FormUrlEncodedContent([new("email", People.Admin), new("password", People.Password)]);
        (await browser.Http.PostAsync("/api/auth/sign-in", form)).StatusCode.ShouldBe(System.Net.HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task After_signing_out_the_cookie_is_gone_and_a_copy_of_it_is_dead()
    {
        using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
        string copy = browser.Session!;
        (await browser.Http.PostJsonAsync("/api/auth/sign-out", ""))["ok"].ShouldBe("True");
        browser.Session.ShouldBeNull();
        (await browser.StatusOfMeAsync()).ShouldBe(401);
        using var thief = new HttpClient { BaseAddress = server.Address };
        Answer stolen = await thief.CallAsync(HttpMethod.Get, "/api/me", null, ("Cookie", copy));
        stolen.Status.ShouldBe(401);
        stolen["error"].ShouldBe("The session has ended. Sign in again.");
    }

    [Fact]
    public async Task A_cookie_that_was_changed_or_made_up_is_refused()
    {
        using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
        using var thief = new HttpClient { BaseAddress = server.Address };
        foreach (string cookie in new[] { browser.Session![..^3], "tracira_session=", "tracira_session=x", "tracira_session=" + new string('A', 4000) })
            (await thief.CallAsync(HttpMethod.Get, "/api/me", null, ("Cookie", cookie))).Status.ShouldBe(401, cookie);
    }

    [Fact]
    public async Task Tokens_have_no_account()
    {
        (await server.Http.GetJsonAsync("/api/me")).Status.ShouldBe(403);
        (await server.Http.PatchJsonAsync("/api/me/password", "{}")).Status.ShouldBe(403);
        (await server.Http.PostJsonAsync("/api/me/workspace", "{}")).Status.ShouldBe(403);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.GetJsonAsync("/api/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_changed_password_ends_every_session_but_the_one_that_changed_it()
    {
        using Browser admin = await Browser.SignInAsync(server.Address, People.Admin);
        (Browser here, _) = await People.JoinAsync(admin, "grace@example.com", "viewer");
        using Browser elsewhere = await Browser.SignInAsync(server.Address, "grace@example.com");
        string before = here.Session!;

        Answer wrong = await Change("wrong wrong wrong", "another good one");
        wrong.Status.ShouldBe(400);
        wrong.Fields.ShouldBe(["currentPassword"]);
        (await Change(People.Password, "short")).Fields.ShouldBe(["newPassword"]);
        (await Change(People.Password, "Grace@example.com")).Fields.ShouldBe(["newPassword"]);
        (await Change(People.Password, new string('x', 201))).Fields.ShouldBe(["newPassword"]);
        (await elsewhere.StatusOfMeAsync()).ShouldBe(200);

        (await Change(People.Password, "another good one")).Status.ShouldBe(200);
        (await here.StatusOfMeAsync()).ShouldBe(200);
        (await elsewhere.StatusOfMeAsync()).ShouldBe(401);
        here.Session.ShouldNotBe(before);
        using var thief = new HttpClient { BaseAddress = server.Address };
        (await thief.CallAsync(HttpMethod.Get, "/api/me", null, ("Cookie", before))).Status.ShouldBe(401);
        (await elsewhere.SignInAsync("grace@example.com", People.Password)).Status.ShouldBe(401);
        (await elsewhere.SignInAsync("grace@example.com", "another good one")).Status.ShouldBe(200);
        here.Dispose();

        Task<Answer> Change(string current, string changed) =>
            here.Http.PatchJsonAsync("/api/me/password", $$"""{"currentPassword":"{{current}}","newPassword":"{{changed}}"}""");
    }

    [Fact]
    public async Task Nobody_switches_to_a_workspace_that_is_not_theirs()
    {
        using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
        (await browser.Http.PostJsonAsync("/api/me/workspace", """{"workspaceId":"default"}""")).Status.ShouldBe(200);
        (await browser.Http.PostJsonAsync("/api/me/workspace", """{"workspaceId":"other"}""")).Status.ShouldBe(404);
        (await browser.Http.PostJsonAsync("/api/me/workspace", "{}")).Fields.ShouldBe(["workspaceId"]);
        (await browser.StatusOfMeAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task A_session_changes_something_only_from_our_own_pages()
    {
        string own = server.Address.GetLeftPart(UriPartial.Authority);
        using Browser signedIn = await Browser.SignInAsync(server.Address, People.Admin);
        using var http = new HttpClient { BaseAddress = server.Address };
        (string? Site, string? Origin, bool Accepted)[] table =
        [
            ("same-origin", null, true),
            ("same-origin", "https://evil.example", true), // the browser's own word goes first
            ("cross-site", null, false),
            ("cross-site", own, false),
            ("same-site", own, false),
            ("none", null, false),
            (null, own, true),
            (null, own.ToUpperInvariant(), true),
            (null, "https://evil.example", false),
            (null, own.Replace("http:", "https:", StringComparison.Ordinal), false),
            (null, own + "0", false),
            (null, "null", false),
            (null, null, false),
        ];
        foreach ((string? site, string? origin, bool accepted) in table)
        {
            List<(string, string)> headers = [("Cookie", signedIn.Session!)];
            if (site is not null)
                headers.Add(("Sec-Fetch-Site", site));
            if (origin is not null)
                headers.Add(("Origin", origin));
            Answer answer = await http.CallAsync(HttpMethod.Post, "/api/rules", "{}", [.. headers]);
            answer.Status.ShouldBe(accepted ? 400 : 403, $"{site} {origin}");
            if (!accepted)
                answer["error"]!.ShouldContain("Sec-Fetch-Site: same-origin");
            (await http.CallAsync(HttpMethod.Get, "/api/rules", null, [.. headers])).Status.ShouldBe(200, $"{site} {origin}");
        }

        (await server.Http.CallAsync(HttpMethod.Post, "/api/rules", "{}", ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(400);
    }
}
