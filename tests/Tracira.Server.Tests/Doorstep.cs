using System.Text;

namespace Tracira.Server.Tests;

/// <summary>Kinds of callers, and sets of them.</summary>
[Flags]
public enum Who
{
    Nobody = 0,
    WithNothing = 1,
    WithUnknownToken = 1 << 1,
    WithUnknownKey = 1 << 2,
    WithFullToken = 1 << 3,
    WithIngestToken = 1 << 4,
    WithIngestKey = 1 << 5,
    WithReadKey = 1 << 6,
    WithReviewKey = 1 << 7,
    WithManageKey = 1 << 8,
    Viewer = 1 << 9,
    Reviewer = 1 << 10,
    Admin = 1 << 11,

    Strangers = WithNothing | WithUnknownToken | WithUnknownKey,
    People = Viewer | Reviewer | Admin,
    Ingesters = WithFullToken | WithIngestToken | WithIngestKey | Admin,
    Readers = WithFullToken | WithReadKey | People,
    Reviewers = WithFullToken | WithReviewKey | Reviewer | Admin,
    Managers = WithFullToken | WithManageKey | Admin,
    Administrators = WithManageKey | Admin,
    AllKnown = Ingesters | Readers | Reviewers | Managers,
    Everybody = Strangers | AllKnown,
}

/// <summary>A server with a caller of every kind in front of it.</summary>
public sealed class Doorstep : ServerFixture
{
    private readonly Dictionary<Who, (string Name, string Value)[]> _credentials = new()
    {
        [Who.WithNothing] = [],
        [Who.WithUnknownToken] = [("Authorization", "Bearer wh-0000000000000000000000000000000000000000")],
        [Who.WithUnknownKey] = [("x-api-key", "tk-0000000000000000000000000000000000000000")],
    };

    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Each kind of caller.</summary>
    public static IEnumerable<Who> Everybody => Enum.GetValues<Who>().Where(static who => int.PopCount((int)who) == 1);

    protected override (string Name, string Value)[] Environment => People.WithAdmin;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await UseUpRotationsAsync();
        _credentials[Who.WithFullToken] = [("Authorization", $"Bearer {(await Operator.GetJsonAsync("/operator/token"))["webhookToken"]}")];
        _credentials[Who.WithIngestToken] = [("Authorization", $"Bearer {await MakeIngestTokenAsync()}")];
        _credentials[Who.WithIngestKey] = [("x-api-key", await MakeKeyAsync("ingest"))];
        _credentials[Who.WithReadKey] = [("x-api-key", await MakeKeyAsync("read"))];
        _credentials[Who.WithReviewKey] = [("Authorization", $"Bearer {await MakeKeyAsync("review")}")];
        _credentials[Who.WithManageKey] = [("x-api-key", await MakeKeyAsync("manage"))];

        using Browser admin = await Browser.SignInAsync(Address, People.Admin);
        (Browser reviewer, _) = await People.JoinAsync(admin, EmailOf(Who.Reviewer), "reviewer");
        (Browser viewer, _) = await People.JoinAsync(admin, EmailOf(Who.Viewer), "viewer");
        _credentials[Who.Admin] = SessionOf(admin);
        _credentials[Who.Reviewer] = SessionOf(reviewer);
        _credentials[Who.Viewer] = SessionOf(viewer);
        reviewer.Dispose();
        viewer.Dispose();
    }

    /// <summary>Sends an empty request as somebody.</summary>
    /// <returns>The status of the answer.</returns>
    public async Task<int> KnockAsync(Who who, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (method is "POST" or "PATCH" or "PUT")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach ((string name, string value) in await CredentialsAsync(who, path))
            request.Headers.Add(name, value);
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead); // events have no end
        return (int)response.StatusCode;
    }

    // A session that signs out is another one than that of the other knocks, and who signs out everywhere is another person.
    private async Task<(string Name, string Value)[]> CredentialsAsync(Who who, string path)
    {
        if (path == "/api/me/sessions" && Who.People.HasFlag(who))
        {
            using Browser admin = await Browser.SignInAsync(Address, People.Admin);
            (Browser newcomer, _) = await People.JoinAsync(admin, $"{Guid.NewGuid()}@example.com", who.ToString().ToLowerInvariant());
            using (newcomer)
                return SessionOf(newcomer);
        }

        if (path != "/api/auth/sign-out" || !Who.People.HasFlag(who))
            return _credentials[who];
        using Browser browser = await Browser.SignInAsync(Address, EmailOf(who));
        return SessionOf(browser);
    }

    private static string EmailOf(Who who) => who == Who.Admin ? People.Admin : $"{who}@example.com";

    private static (string Name, string Value)[] SessionOf(Browser browser) => [("Cookie", browser.Session!), ("Sec-Fetch-Site", "same-origin")];

    // So that a caller who reaches the rotation does not kill the token that the others come with.
    private async Task UseUpRotationsAsync()
    {
        for (int status = 200; status != 429;)
            status = (await Operator.CallAsync(HttpMethod.Post, "/api/settings/rotate-token", null)).Status;
    }

    private async Task<string> MakeIngestTokenAsync()
    {
        Answer workspace = await Operator.PostJsonAsync("/operator/workspaces", """{"name":"Narrow"}""");
        await Operator.CallAsync(HttpMethod.Patch, "/api/settings", """{"tokenScope":"ingest"}""", ("X-Tracira-Workspace", workspace.Id));
        return workspace["webhookToken"]!;
    }

    private async Task<string> MakeKeyAsync(string scope) =>
        (await Operator.PostJsonAsync("/api/keys", $$"""{"name":"{{scope}}","scopes":["{{scope}}"]}"""))["key"]!;
}
