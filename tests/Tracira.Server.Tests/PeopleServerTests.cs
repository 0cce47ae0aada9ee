using System.Globalization;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What people notice of the server's settings and restarts.</summary>
public sealed class PeopleServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_printed_link_makes_the_first_admin_once()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder);
        using var browser = new Browser(server.Address);
        (await browser.Http.GetJsonAsync("/api/auth/setup"))["needed"].ShouldBe("True");
        string token = SetupToken(server)!;

        Answer bad = await SetUp("", "not an address", "short");
        bad.Status.ShouldBe(400);
        bad.Fields.ShouldBe(["email", "password"], ignoreOrder: true);
        Answer wrong = await SetUp("wrong", People.Admin, People.Password);
        wrong.Status.ShouldBe(403);
        wrong["code"].ShouldBe("forbidden");

        Answer[] answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(number => SetUp(token, $"a{number}@example.com", People.Password)));
        answers.Count(static answer => answer.Status == 200).ShouldBe(1);
        answers.Where(static answer => answer.Status != 200).ShouldAllBe(static answer => answer.Status == 409 && answer["code"] == "conflict");
        answers.Single(static answer => answer.Status == 200)["role"].ShouldBe("admin");
        (await browser.StatusOfMeAsync()).ShouldBe(200);
        (await browser.Http.GetJsonAsync("/api/auth/setup"))["needed"].ShouldBe("False");
        (await SetUp(token, "late@example.com", People.Password)).Status.ShouldBe(409);

        Task<Answer> SetUp(string given, string email, string password) => browser.Http.PostJsonAsync(
            "/api/auth/setup", $$"""{"token":"{{(given.Length == 0 ? "x" : given)}}","email":"{{email}}","password":"{{password}}"}""");
    }

    [Fact]
    public async Task Each_start_without_anybody_prints_another_link_and_none_once_there_is_somebody()
    {
        string first;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
            first = SetupToken(server)!;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
        {
            SetupToken(server).ShouldNotBe(first);
            using var browser = new Browser(server.Address);
            string body = $$"""{"token":"{{first}}","email":"{{People.Admin}}","password":"{{People.Password}}"}""";
            (await browser.Http.PostJsonAsync("/api/auth/setup", body)).Status.ShouldBe(403);
            (await browser.Http.PostJsonAsync("/api/auth/setup", body.Replace(first, SetupToken(server), StringComparison.Ordinal))).Status.ShouldBe(200);
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
            SetupToken(server, expected: false).ShouldBeNull();
    }

    [Fact]
    public async Task The_admin_of_the_settings_is_made_once_and_keeps_a_password_changed_since()
    {
        string file = Path.Combine(_folder, "password.txt");
        await File.WriteAllTextAsync(file, People.Password + "\n");
        (string, string)[] settings = [("TRACIRA_ADMIN_EMAIL", People.Admin), ("TRACIRA_ADMIN_PASSWORD_FILE", file)];
        string data = Path.Combine(_folder, "data");
        await using (ServerProcess server = await ServerProcess.StartAsync(data, "", settings))
        {
            SetupToken(server, expected: false).ShouldBeNull();
            using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
            (await browser.Http.PatchJsonAsync("/api/me/password", $$"""{"currentPassword":"{{People.Password}}","newPassword":"something else"}"""))
                .Status.ShouldBe(200);
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(data, "", settings))
        {
            using var browser = new Browser(server.Address);
            (await browser.SignInAsync(People.Admin, People.Password)).Status.ShouldBe(401);
            (await browser.SignInAsync(People.Admin, "something else")).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("TRACIRA_ADMIN_EMAIL", "nobody", "e-mail address")]
    [InlineData("TRACIRA_ADMIN_EMAIL", "ada@example.com", "10 to 200 characters")]
    [InlineData("TRACIRA_SECRET_KEY", "short", "at least 32 characters")]
    [InlineData("TRACIRA_PROXY__TRUST", "everybody", "Proxy:Trust")]
    [InlineData("TRACIRA_OIDC__AUTHORITY", "http://login.example.com", "https")]
    [InlineData("TRACIRA_OIDC__AUTHORITY", "https://login.example.com", "Oidc:ClientId")]
    public async Task A_setting_about_people_that_cannot_be_used_is_named(string name, string value, string said)
    {
        (int code, _, string error) = await Binary.RunAsync($"serve --data {_folder}", null, (name, value));
        code.ShouldBe(2);
        error.ShouldContain(said);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task Sessions_outlive_a_restart_and_a_crash(string? secret)
    {
        (string, string)[] settings = secret is null ? People.WithAdmin : [.. People.WithAdmin, ("TRACIRA_SECRET_KEY", secret)];
        string session;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", settings))
        {
            using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
            session = browser.Session!;
            await server.KillAsync();
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", settings))
            (await StatusAsync(server, session)).ShouldBe(200);
        if (secret is null)
            return;

        string[] files = [.. Directory.GetFiles(_folder).Where(static file => Path.GetExtension(file) != ".sock")];
        files.Where(static file => File.ReadAllBytes(file).AsSpan().IndexOf("masterKey"u8) >= 0).ShouldBeEmpty();
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", [.. People.WithAdmin, ("TRACIRA_SECRET_KEY", secret + "!")]))
        {
            (await StatusAsync(server, session)).ShouldBe(401);
            (await Browser.SignInAsync(server.Address, People.Admin)).Dispose();
        }
    }

    [Fact]
    public async Task Keys_made_in_the_open_are_sealed_once_there_is_a_secret_and_useless_without_it()
    {
        (string, string)[] sealing = [.. People.WithAdmin, ("TRACIRA_SECRET_KEY", "0123456789abcdef0123456789abcdef")];
        string session;
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin))
        {
            using Browser browser = await Browser.SignInAsync(server.Address, People.Admin);
            session = browser.Session!;
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", sealing))
            (await StatusAsync(server, session)).ShouldBe(200);
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin))
            (await StatusAsync(server, session)).ShouldBe(401);
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", sealing))
            (await StatusAsync(server, session)).ShouldBe(200);
    }

    [Fact]
    public async Task Who_guesses_passwords_is_slowed_down_per_account_and_per_address_for_as_long_as_is_told()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", [
            .. People.WithAdmin,
            ("TRACIRA_SIGN_IN__FAILURES_PER_ACCOUNT", "3"),
            ("TRACIRA_SIGN_IN__FAILURES_PER_ADDRESS", "5"),
            ("TRACIRA_SIGN_IN__WINDOW", "5")]);
        using var browser = new Browser(server.Address);

        for (int failure = 0; failure < 2; failure++)
            (await browser.SignInAsync(People.Admin, "wrong wrong wrong")).Status.ShouldBe(401);
        (await browser.SignInAsync(People.Admin, People.Password)).Status.ShouldBe(200); // the account begins anew, the address does not

        Answer[] guesses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.SignInAsync(People.Admin, "wrong wrong wrong")));
        guesses.Count(static guess => guess.Status == 401).ShouldBe(3);
        Answer refused = guesses.First(static guess => guess.Status == 429);
        refused["code"].ShouldBe("rate_limited");
        int seconds = int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture);
        seconds.ShouldBeInRange(1, 5);
        (await browser.SignInAsync(People.Admin, People.Password)).Status.ShouldBe(429);
        (await browser.SignInAsync("somebody@example.com", "wrong wrong wrong")).Status.ShouldBe(429); // 5 failures from this address

        await Task.Delay(TimeSpan.FromSeconds(seconds));
        (await browser.SignInAsync(People.Admin, People.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_cookie_is_for_https_only_and_callers_are_told_apart()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin))
            (await CookieAsync(server, "10.1.1.1")).ShouldNotContain("secure"); // anybody can claim to be a proxy

        await using (ServerProcess server = await ServerProcess.StartAsync(_folder, "", [
            .. People.WithAdmin,
            ("TRACIRA_PROXY__TRUST", "127.0.0.0/8"),
            ("TRACIRA_SIGN_IN__FAILURES_PER_ADDRESS", "1")]))
        {
            (await CookieAsync(server, "10.1.1.1")).ShouldContain("secure");
            using var browser = new HttpClient { BaseAddress = server.Address };
            foreach ((string caller, int status) in new[] { ("10.1.1.1", 401), ("10.1.1.1", 429), ("10.1.1.2", 401), ("2001:db8::1", 401), ("2001:db8::2", 429) })
            {
                (await browser.CallAsync(HttpMethod.Post, "/api/auth/sign-in", """{"email":"x@example.com","password":"wrong"}""", ("X-Forwarded-For", caller)))
                    .Status.ShouldBe(status, caller);
            }
        }

        static async Task<string> CookieAsync(ServerProcess server, string caller)
        {
            using var browser = new Browser(server.Address);
            string body = $$"""{"email":"{{People.Admin}}","password":"{{People.Password}}"}""";
            Answer answer = await browser.Http.CallAsync(
                HttpMethod.Post, "/api/auth/sign-in", body, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", caller));
            return answer.Headers["Set-Cookie"];
        }
    }

    private static async Task<int> StatusAsync(ServerProcess server, string session)
    {
        using var browser = new HttpClient { BaseAddress = server.Address };
        return (await browser.CallAsync(HttpMethod.Get, "/api/me", null, ("Cookie", session))).Status;
    }

    // The greeting is written behind the line that a started server is known by.
    private static string? SetupToken(ServerProcess server, bool expected = true)
    {
        const string Before = "/setup?token=";
        SpinWait.SpinUntil(() => server.Output.Contains(Before, StringComparison.Ordinal), expected ? 5_000 : 300);
        string output = server.Output;
        int start = output.IndexOf(Before, StringComparison.Ordinal);
        return start < 0 ? null : output[(start + Before.Length)..].Split('\n')[0].Trim();
    }
}
