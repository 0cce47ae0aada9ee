using System.Net;

namespace Tracira.Server.Tests;

/// <summary>A person's browser: keeps cookies, and says that requests come from the server's own pages.</summary>
internal sealed class Browser : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public Browser(Uri server)
    {
        Server = server;
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server };
        Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public Uri Server { get; }

    public HttpClient Http { get; }

    /// <summary>The session's cookie, as it would be stolen; null where there is none.</summary>
    public string? Session => _cookies.GetCookies(Server)["tracira_session"] is { } cookie ? $"{cookie.Name}={cookie.Value}" : null;

    public static async Task<Browser> SignInAsync(Uri server, string email, string password = People.Password)
    {
        var browser = new Browser(server);
        Answer answer = await browser.SignInAsync(email, password);
        return answer.Status == 200 ? browser : throw new InvalidOperationException($"{email} cannot sign in: {answer.Body}");
    }

    public Task<Answer> SignInAsync(string email, string password) =>
        Http.PostJsonAsync("/api/auth/sign-in", $$"""{"email":"{{email}}","password":"{{password}}"}""");

    public async Task<int> StatusOfMeAsync() => (await Http.GetJsonAsync("/api/me")).Status;

    public void Dispose() => Http.Dispose();
}
