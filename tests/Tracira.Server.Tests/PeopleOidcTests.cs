using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Signing in at an OpenID Connect provider.</summary>
public sealed class PeopleOidcTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private OidcProvider _provider = null!;

    public async Task InitializeAsync() => _provider = await OidcProvider.StartAsync();

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_member_whom_the_provider_knows_signs_in_and_comes_back_to_where_it_began()
    {
        await using ServerProcess server = await StartAsync();
        _provider.Person = Person("ADA@example.com", "1");
        using var browser = new Browser(server.Address);
        (await browser.Http.GetJsonAsync("/api/auth/setup"))["oidc"].ShouldBe("True");
        Answer back = await VisitAsync(browser, "/api/auth/oidc?returnTo=/logs%3Fpage=2");
        back.Status.ShouldBe(302);
        back.Headers["Location"].ShouldBe("/logs?page=2");
        Answer me = await browser.Http.GetJsonAsync("/api/me");
        me["email"].ShouldBe(People.Admin);
        me["role"].ShouldBe("admin");

        foreach (string elsewhere in new[] { "https://evil.example", "//evil.example", "/%5Cevil.example", "evil", "/a%0d%0aX: y" })
            (await VisitAsync(browser, $"/api/auth/oidc?returnTo={elsewhere}")).Headers["Location"].ShouldBe("/", elsewhere);

        // The address went to somebody else.
        _provider.Person = Person("ada@example.com", "2");
        using var other = new Browser(server.Address);
        (await VisitAsync(other))["error"]!.ShouldContain("belonged to another account");
        other.Session.ShouldBeNull();
    }

    [Fact]
    public async Task A_stranger_is_turned_away_unless_invited_or_let_in_by_the_settings()
    {
        await using (ServerProcess server = await StartAsync())
        {
            using var browser = new Browser(server.Address);
            _provider.Person = Person("stranger@example.com", "3");
            Answer refused = await VisitAsync(browser);
            refused.Status.ShouldBe(403);
            refused["code"].ShouldBe("forbidden");
            refused["error"].ShouldBe("stranger@example.com is not a member here. Ask an admin for an invitation.");
            (await browser.StatusOfMeAsync()).ShouldBe(401);

            using Browser admin = await Browser.SignInAsync(server.Address, People.Admin);
            (await admin.Http.PostJsonAsync("/api/members/invitations", """{"email":"Stranger@example.com","role":"reviewer"}""")).Status.ShouldBe(201);
            (await VisitAsync(browser)).Status.ShouldBe(302);
            (await browser.Http.GetJsonAsync("/api/me"))["role"].ShouldBe("reviewer");
            (await admin.Http.GetJsonAsync("/api/members")).Body.GetProperty("invitations").GetArrayLength().ShouldBe(0);
            (await browser.SignInAsync("stranger@example.com", People.Password)).Status.ShouldBe(401); // there is no password
        }

        await using (ServerProcess server = await StartAsync(("TRACIRA_OIDC__AUTO_JOIN_ROLE", "viewer"), ("TRACIRA_OIDC__ALLOWED_DOMAINS", "example.com, @example.org")))
        {
            using var browser = new Browser(server.Address);
            _provider.Person = Person("somebody@example.org", "4");
            (await VisitAsync(browser)).Status.ShouldBe(302);
            Answer me = await browser.Http.GetJsonAsync("/api/me");
            me["role"].ShouldBe("viewer");
            me["name"].ShouldBe("Somebody");
            _provider.Person = Person("somebody@sub.example.org", "5");
            (await VisitAsync(browser))["error"]!.ShouldContain("Oidc:AllowedDomains");
        }
    }

    [Fact]
    public async Task What_the_provider_did_not_vouch_for_lets_nobody_in()
    {
        await using ServerProcess server = await StartAsync();
        Dictionary<string, JsonNode?> ada = Person(People.Admin, "1");
        (string What, Action Set)[] attacks =
        [
            ("an address not verified", () => _provider.Person["email_verified"] = false),
            ("an address of which nothing is said", () => _provider.Person.Remove("email_verified")),
            ("no address", () => _provider.Person.Remove("email")),
            ("another nonce", () => _provider.Tamper = static token => token["nonce"] = "other"),
            ("no nonce", () => _provider.Tamper = static token => token.Remove("nonce")),
            ("another audience", () => _provider.Tamper = static token => token["aud"] = "other"),
            ("another issuer", () => _provider.Tamper = static token => token["iss"] = "https://evil.example"),
            ("an old token", () => _provider.Tamper = static token => token["exp"] = 1_000_000_000),
            ("a forged signature", () => _provider.Forge = true),
            ("a person who says no", () => _provider.Deny = true),
        ];
        foreach ((string what, Action set) in attacks)
        {
            _provider.Person = new Dictionary<string, JsonNode?>(ada);
            _provider.Tamper = static _ => { };
            _provider.Forge = _provider.Deny = false;
            set();
            using var browser = new Browser(server.Address);
            Answer answer = await VisitAsync(browser);
            answer.Status.ShouldBe(403, what);
            answer["code"].ShouldBe("forbidden", what);
            browser.Session.ShouldBeNull(what);
        }

        _provider.Deny = false;
        using var victim = new Browser(server.Address);
        foreach (string query in new[] { "", "?code=x", "?code=x&state=y", "?state=y", "?error=access_denied" })
            (await victim.Http.GetJsonAsync("/api/auth/oidc/callback" + query)).Status.ShouldBe(403, query);

        // A sign-in that one browser began does not sign another one in.
        using var attacker = new Browser(server.Address);
        _provider.Forge = false;
        _provider.Person = ada;
        string authorize = (await attacker.Http.GetJsonAsync("/api/auth/oidc")).Headers["Location"];
        string callback = (await attacker.Http.GetJsonAsync(authorize)).Headers["Location"];
        (await victim.Http.GetJsonAsync(callback)).Status.ShouldBe(403);
        victim.Session.ShouldBeNull();
    }

    [Fact]
    public async Task Where_no_provider_is_set_or_it_is_away_that_is_said()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin))
        {
            using var browser = new Browser(server.Address);
            (await browser.Http.GetJsonAsync("/api/auth/oidc"))["error"]!.ShouldContain("Oidc:Authority");
            (await browser.Http.GetJsonAsync("/api/auth/oidc/callback")).Status.ShouldBe(404);
        }

        await using (ServerProcess server = await StartAsync(("TRACIRA_OIDC__AUTHORITY", "http://127.0.0.1:1")))
        {
            using var browser = new Browser(server.Address);
            Answer away = await browser.Http.GetJsonAsync("/api/auth/oidc");
            away.Status.ShouldBe(503);
            away.Headers.ShouldContainKey("Retry-After");
            (await browser.SignInAsync(People.Admin, People.Password)).Status.ShouldBe(200);
        }
    }

    private Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) => ServerProcess.StartAsync(_folder, "", [
        .. People.WithAdmin,
        ("TRACIRA_OIDC__AUTHORITY", _provider.Address),
        ("TRACIRA_OIDC__CLIENT_ID", OidcProvider.ClientId),
        ("TRACIRA_OIDC__CLIENT_SECRET", OidcProvider.ClientSecret),
        .. settings]);

    // To the provider, and back.
    private static async Task<Answer> VisitAsync(Browser browser, string path = "/api/auth/oidc")
    {
        Answer start = await browser.Http.GetJsonAsync(path);
        start.Status.ShouldBe(302);
        Answer provider = await browser.Http.GetJsonAsync(start.Headers["Location"]);
        provider.Status.ShouldBe(302);
        return await browser.Http.GetJsonAsync(provider.Headers["Location"]);
    }

    private static Dictionary<string, JsonNode?> Person(string email, string subject) => new()
    {
        ["sub"] = subject,
        ["email"] = email,
        ["email_verified"] = true,
        ["name"] = "Somebody",
    };
}
