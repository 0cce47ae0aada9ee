using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The dashboard as files: what a browser is sent, and what it may do with it.</summary>
public sealed partial class DashboardFileTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int MaxInitialScript = 150 * 1024;

    [Theory]
    [InlineData("/")]
    [InlineData("/setup?token=x")]
    [InlineData("/invitation?token=x")]
    [InlineData("/queue")]
    [InlineData("/logs/some-log")]
    [InlineData("/settings/keys")]
    public async Task A_page_is_there_whole_and_can_run_nothing_but_its_own_scripts(string link)
    {
        using HttpClient stranger = Stranger();
        using HttpResponseMessage page = await stranger.GetAsync(link);
        page.EnsureSuccessStatusCode();
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();

        string html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("<style");
        html.ShouldNotMatch("<script(?![^>]*src=)");
        foreach (string part in Parts(html))
        {
            using HttpResponseMessage answer = await stranger.GetAsync(part);
            answer.EnsureSuccessStatusCode();
            if (part.StartsWith("/assets/", StringComparison.Ordinal))
                answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        }
    }

    [Fact]
    public async Task A_file_is_sent_as_small_as_the_browser_takes_it_and_not_again_where_it_has_it()
    {
        using HttpClient stranger = Stranger();
        string script = Parts(await stranger.GetStringAsync("/")).First(static part => part.EndsWith(".js", StringComparison.Ordinal));
        byte[] plain = await stranger.GetByteArrayAsync(script);
        using HttpResponseMessage brotli = await GetAsync(stranger, script, ("Accept-Encoding", "gzip, br"));
        brotli.Content.Headers.ContentEncoding.Single().ShouldBe("br");
        brotli.Headers.Vary.Single().ShouldBe("Accept-Encoding");
        await using var unpacked = new BrotliStream(await brotli.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        await unpacked.CopyToAsync(memory);
        memory.ToArray().ShouldBe(plain);
        using HttpResponseMessage gzip = await GetAsync(stranger, script, ("Accept-Encoding", "gzip"));
        gzip.Content.Headers.ContentEncoding.Single().ShouldBe("gzip");

        using HttpResponseMessage again = await GetAsync(stranger, script, ("If-None-Match", brotli.Headers.ETag!.Tag));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_scripts_of_the_first_page_are_under_150_kilobytes_on_the_wire()
    {
        using HttpClient stranger = Stranger();
        long bytes = 0;
        foreach (string script in Parts(await stranger.GetStringAsync("/")).Where(static part => part.EndsWith(".js", StringComparison.Ordinal)))
        {
            using HttpResponseMessage answer = await GetAsync(stranger, script, ("Accept-Encoding", "gzip"));
            bytes += answer.Content.Headers.ContentLength!.Value;
        }

        bytes.ShouldBeInRange(1, MaxInitialScript);
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/..%2findex.html")]
    [InlineData("/no-such-page")]
    [InlineData("/api/no-such-call")]
    public async Task What_is_not_there_is_not_a_page(string path)
    {
        using HttpClient stranger = Stranger();
        using HttpResponseMessage answer = await stranger.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    private HttpClient Stranger() => new() { BaseAddress = server.Address };

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await http.SendAsync(request);
    }

    private static string[] Parts(string html) => [.. Part().Matches(html).Select(static match => match.Groups[1].Value)];

    [GeneratedRegex("(?:src|href)=\"(/[^\"]+)\"")]
    private static partial Regex Part();
}
