using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A server that may fetch from the loopback, and a host there to fetch from.</summary>
public sealed class MediaFixture : IAsyncLifetime
{
    public static readonly (string Name, string Value)[] Settings =
        [("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"), ("TRACIRA_MEDIA__FETCHSECONDS", "1"), ("TRACIRA_MEDIA__REAPSECONDS", "1")];

    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private ServerProcess _server = null!;

    /// <summary>A client with the workspace's token that does not follow redirects.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    internal FileHost Files { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_folder, environment: Settings);
        Files = await FileHost.StartAsync();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        Http.DefaultRequestHeaders.Authorization = _server.Http.DefaultRequestHeaders.Authorization;
        Anonymous = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        Anonymous.Dispose();
        await Files.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Fetches a file by its key as a browser would: asks for it and follows the redirect.</summary>
    internal async Task<HttpResponseMessage> DownloadAsync(string key, string query = "")
    {
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}{query}");
        return redirect.Headers.Location is { } location
            ? await Anonymous.GetAsync(location)
            : throw new InvalidOperationException($"{key} was answered {redirect.StatusCode}.");
    }

    /// <summary>Sends a log with one attachment.</summary>
    internal Task<Answer> SubmitAsync(string attachment, string more = "") =>
        Http.PostJsonAsync("/api/logs", $$"""{"project":"media","output":"x","attachments":[{{attachment}}]{{more}}}""");

    /// <summary>The attachments of a log.</summary>
    internal async Task<System.Text.Json.JsonElement> AttachmentsAsync(string id) =>
        (await Http.GetJsonAsync($"/api/logs/{id}")).Body.GetProperty("attachments");
}
