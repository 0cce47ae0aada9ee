using System.Text.Json;
using Shouldly;
using Tracira.Server.Media;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A server with a file in each of two workspaces, and links of every kind to them, signed with the server's own key.</summary>
public sealed class LinkHolder : IAsyncLifetime
{
    private static readonly (string Name, string? Value)[] ForUpload = [("filename", "a.txt"), ("contentType", "text/plain"), ("maxBytes", "5")];

    private readonly TemporaryServerFolder _folder = new();
    private readonly Dictionary<string, string> _links = [];
    private ServerProcess _server = null!;

    internal string this[string kind] => _links[kind];

    /// <summary>Who comes with a link: nobody in particular, the file's workspace, another one.</summary>
    internal Dictionary<string, HttpClient> Callers { get; } = [];

    public async Task InitializeAsync()
    {
        string own;
        string other;
        string otherToken;
        string secret;
        await using (ServerProcess first = await ServerProcess.StartAsync(_folder.Path))
        {
            own = await FileAsync(first.Http);
            Answer workspace = await first.Operator.PostJsonAsync("/operator/workspaces", """{"name":"Other"}""");
            otherToken = workspace["webhookToken"]!;
            using HttpClient theirs = Client(first.Address, otherToken);
            other = await FileAsync(theirs);
            secret = (await first.Http.GetJsonAsync($"/api/media-url?source={own}"))["url"]!.Split("signature=")[1];
            await first.StopAsync();
        }

        await using (var store = LiteDBStore.Open(Path.Combine(_folder.Path, "tracira.db")))
        {
            var now = new SignedLinks(store, TimeProvider.System);
            var sixMinutesAgo = new SignedLinks(store, new StoppedClock(DateTimeOffset.UtcNow.AddMinutes(-6)));
            string fresh = await now.CreateAsync("GET", $"/media/{own}", TimeSpan.FromMinutes(5));
            string upload = await now.CreateAsync("PUT", "/uploads/default/uploads/u-1/a.txt", TimeSpan.FromMinutes(5), ForUpload);
            _links["fresh"] = fresh;
            _links["of the other workspace's file, signed"] = await now.CreateAsync("GET", $"/media/{other}", TimeSpan.FromMinutes(5));
            _links["expired"] = await sixMinutesAgo.CreateAsync("GET", $"/media/{own}", TimeSpan.FromMinutes(5));
            _links["expired, with a later moment written in"] = _links["expired"].Replace("expires=", "expires=9", StringComparison.Ordinal);
            _links["with another file's signature"] = fresh.Replace(own, other, StringComparison.Ordinal);
            _links["with a signature of another moment"] = $"{fresh.Split("signature=")[0]}signature={secret[..^2]}00";
            _links["without a signature"] = $"/media/{own}";
            _links["signed for an upload"] = await now.CreateAsync("PUT", $"/media/{own}", TimeSpan.FromMinutes(5));
            _links["of a file that is gone"] = await now.CreateAsync("GET", "/media/default/none/0-a.txt", TimeSpan.FromMinutes(5));
            _links["upload"] = upload;
            _links["upload, expired"] = await sixMinutesAgo.CreateAsync("PUT", "/uploads/default/uploads/u-1/a.txt", TimeSpan.FromMinutes(5), ForUpload);
            _links["upload, for more bytes"] = upload.Replace("maxBytes=5", "maxBytes=50", StringComparison.Ordinal);
            _links["upload, for the other workspace"] = upload.Replace("/uploads/default/", $"/uploads/{other.Split('/')[0]}/", StringComparison.Ordinal);
            _links["upload, over a log's file"] = await now.CreateAsync("PUT", $"/uploads/{own}", TimeSpan.FromMinutes(5), ForUpload);
            _links["upload, without a signature"] = "/uploads/default/uploads/u-1/a.txt";
        }

        _server = await ServerProcess.StartAsync(_folder.Path);
        Callers["nobody"] = Client(_server.Address, null);
        Callers["the file's workspace"] = Client(_server.Address, ServerProcess.Token);
        Callers["another workspace"] = Client(_server.Address, otherToken);
    }

    public async Task DisposeAsync()
    {
        foreach (HttpClient caller in Callers.Values)
            caller.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static HttpClient Client(Uri address, string? token)
    {
        var http = new HttpClient { BaseAddress = address };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    private static async Task<string> FileAsync(HttpClient http)
    {
        Answer log = await http.PostJsonAsync(
            "/api/logs", """{"project":"p","output":"x","attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}]}""");
        JsonElement file = (await http.GetJsonAsync($"/api/logs/{log.Id}")).Body.GetProperty("attachments")[0];
        return file.GetProperty("key").GetString()!;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>Every kind of signed link against every kind of caller: it is the link that counts, whoever comes with it.</summary>
public sealed class LinkMatrixTests(LinkHolder links) : IClassFixture<LinkHolder>
{
    [Theory]
    [InlineData("GET", "fresh", 200)]
    [InlineData("GET", "of the other workspace's file, signed", 200)]
    [InlineData("GET", "expired", 403)]
    [InlineData("GET", "expired, with a later moment written in", 403)]
    [InlineData("GET", "with another file's signature", 403)]
    [InlineData("GET", "with a signature of another moment", 403)]
    [InlineData("GET", "without a signature", 403)]
    [InlineData("GET", "signed for an upload", 403)]
    [InlineData("GET", "of a file that is gone", 404)]
    [InlineData("PUT", "fresh", 405)]
    [InlineData("PUT", "upload", 200)]
    [InlineData("PUT", "upload, expired", 403)]
    [InlineData("PUT", "upload, for more bytes", 403)]
    [InlineData("PUT", "upload, for the other workspace", 403)]
    [InlineData("PUT", "upload, over a log's file", 403)]
    [InlineData("PUT", "upload, without a signature", 403)]
    [InlineData("GET", "upload", 405)]
    public async Task A_link_is_as_good_as_it_is_whoever_comes_with_it(string method, string kind, int status)
    {
        foreach ((string who, HttpClient http) in links.Callers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), links[kind]);
            if (method == "PUT")
                request.Content = new StringContent("Hello");
            using HttpResponseMessage response = await http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status, $"{method} {kind} for {who}");
            string text = await response.Content.ReadAsStringAsync();
            if (status == 403)
                JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe("forbidden");
            else if (status == 200 && method == "GET")
                text.ShouldBe("Hello");
        }
    }
}
