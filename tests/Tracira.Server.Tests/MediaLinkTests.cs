using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Handing files out: who may, by which link, and with which headers.</summary>
public sealed class MediaLinkTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private HttpClient Http => media.Http;

    [Fact]
    public async Task A_link_needs_no_credentials_and_the_file_can_do_no_harm()
    {
        string key = await KeepAsync(SampleFiles.Png, "chart.png", "image/png");
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}");
        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using HttpResponseMessage file = await media.Anonymous.GetAsync(redirect.Headers.Location);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        file.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        file.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox; default-src 'none'");
        file.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task Download_1_has_it_saved()
    {
        string key = await KeepAsync(SampleFiles.Png, "chart.png", "image/png");
        using HttpResponseMessage file = await media.DownloadAsync(key, "?download=1");
        file.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=chart.png; filename*=UTF-8''chart.png");
    }

    [Theory]
    [InlineData("PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=", "image/svg+xml", "image/svg+xml", "attachment")]
    [InlineData("PGh0bWw+PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0PjwvaHRtbD4=", "text/plain", "text/plain", "inline")]
    [InlineData("eyJhIjoxfQ==", "application/json", "application/json", "inline")]
    public async Task What_a_browser_could_run_is_saved_or_shown_as_plain_text(string data, string declared, string stored, string disposition)
    {
        string key = await KeepAsync(Convert.FromBase64String(data), "a.bin", declared);
        using HttpResponseMessage file = await media.DownloadAsync(key);
        file.Content.Headers.ContentType!.ToString().ShouldBe(stored);
        file.Content.Headers.ContentDisposition!.DispositionType.ShouldBe(disposition);
    }

    [Theory]
    [InlineData("""a\"b;c.png""")]
    [InlineData("""a\r\nSet-Cookie: x=1\r\n\r\n<html>.png""")]
    [InlineData("""a\u0000b\u001f.png""")]
    [InlineData("""Größe 数.png""")]
    [InlineData("""👋\u202egnp.exe""")]
    [InlineData("""..\\..\\windows\\a.png""")]
    [InlineData("""../../../etc/passwd""")]
    [InlineData("""..""")]
    [InlineData("""%2e%2e%2fa.png""")]
    [InlineData("""a'*=UTF-8''b.png""")]
    public async Task No_file_name_gets_out_of_its_header_or_its_folder(string filename)
    {
        string name = JsonDocument.Parse($"\"{filename}\"").RootElement.GetString()!;
        Answer log = await media.SubmitAsync(
            $$"""{"source":"upload","data":"{{Convert.ToBase64String(SampleFiles.Png)}}","filename":"{{filename}}"}""");
        log.Status.ShouldBe(202);
        JsonElement attachment = (await media.AttachmentsAsync(log.Id))[0];
        string key = attachment.GetProperty("key").GetString()!;
        key.ShouldStartWith($"default/{log.Id}/0-");
        key.Split('/').Length.ShouldBe(3);
        using HttpResponseMessage file = await media.DownloadAsync(key, "?download=1");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        file.Headers.Contains("Set-Cookie").ShouldBeFalse();
        string shown = file.Content.Headers.ContentDisposition!.FileNameStar!;
        shown.ShouldBe(attachment.GetProperty("filename").GetString());
        shown.ShouldNotContain('/');
        shown.ShouldNotContain('\\');
        shown.Any(char.IsControl).ShouldBeFalse();
        if (name == "Größe 数.png")
            shown.ShouldBe(name);
    }

    [Theory]
    [InlineData("expires=", "expires=9")]
    [InlineData("signature=", "signature=0")]
    [InlineData("signature=", "signature")]
    [InlineData("0-a.png", "1-a.png")]
    [InlineData("?", "?download=1&")]
    [InlineData("?", "?filename=b.html&")]
    [InlineData("expires=", "expires=%2B")]
    public async Task A_link_that_was_tampered_with_is_refused(string part, string tampered)
    {
        string key = await KeepAsync(SampleFiles.Png, "a.png", "image/png");
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}");
        string link = redirect.Headers.Location!.ToString();
        (await media.Anonymous.GetJsonAsync(link.Replace(part, tampered, StringComparison.Ordinal))).Status.ShouldBe(403);
        (await media.Anonymous.GetJsonAsync(link.Split('?')[0])).Status.ShouldBe(403);
        (await media.Anonymous.CallAsync(HttpMethod.Put, link, "{}")).Status.ShouldBe(405);
        using HttpResponseMessage good = await media.Anonymous.GetAsync(link);
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("default/none/0-a.png")]
    [InlineData("other/none/0-a.png")]
    [InlineData("default")]
    [InlineData("default//0-a.png")]
    [InlineData("../default/none/0-a.png")]
    [InlineData("default/../../etc/passwd")]
    [InlineData("default/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("default/..%2f..%2fetc%2fpasswd/0-a")]
    [InlineData("default/%252e%252e/0-a.png")]
    [InlineData("default/..%5c..%5cwindows/0-a.png")]
    [InlineData("default/none/0-a.png%00.jpg")]
    [InlineData("default/none/0-a%0d%0aSet-Cookie:x.png")]
    [InlineData("default/$where/0-a.png")]
    public async Task A_key_that_leads_nowhere_or_elsewhere_is_not_found(string key)
    {
        (await Http.GetJsonAsync($"/api/media/{key}")).Status.ShouldBeOneOf(400, 404);
        (await Http.GetJsonAsync($"/api/media-url?source={key}")).Status.ShouldBeOneOf(400, 404);
    }

    [Fact]
    public async Task Without_credentials_there_is_no_link() =>
        (await media.Anonymous.GetJsonAsync("/api/media/default/a/0-a.png")).Status.ShouldBe(401);

    [Fact]
    public async Task A_media_url_can_be_fetched_without_credentials_under_the_name_that_was_asked_for()
    {
        string key = await KeepAsync(SampleFiles.Pdf, "in voice.pdf", "application/pdf");
        Answer answer = await Http.GetJsonAsync($"/api/media-url?source=/api/media/{key}&filename=Rechnung.pdf");
        answer.Status.ShouldBe(200);
        answer.ShouldMatchGolden("media-url");
        using HttpResponseMessage file = await media.Anonymous.GetAsync(answer["url"]);
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Pdf);
        file.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("Rechnung.pdf");
        (await Http.GetJsonAsync("/api/media-url")).Fields.ShouldBe(["source"]);
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "bytes 0-3/", "Grü")]
    [InlineData("bytes=3-", 206, "bytes 3-", null)]
    [InlineData("bytes=-2", 206, "bytes ", "e\n")]
    [InlineData("bytes=0-99999", 206, "bytes 0-", null)]
    [InlineData("bytes=99999-", 416, "bytes */", "")]
    [InlineData("bytes=0-1,3-4", 200, null, null)]
    [InlineData("lines=1-2", 200, null, null)]
    public async Task A_range_is_answered_as_asked(string range, int status, string? contentRange, string? text)
    {
        string key = await KeepAsync(SampleFiles.Text, "a.txt", "text/plain");
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}");
        using var request = new HttpRequestMessage(HttpMethod.Get, redirect.Headers.Location);
        request.Headers.TryAddWithoutValidation("Range", range);
        using HttpResponseMessage part = await media.Anonymous.SendAsync(request);
        ((int)part.StatusCode).ShouldBe(status);
        if (contentRange is not null)
            part.Content.Headers.ContentRange!.ToString().ShouldStartWith(contentRange);
        if (text is not null)
            (await part.Content.ReadAsStringAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task HEAD_tells_the_size_without_the_file()
    {
        string key = await KeepAsync(SampleFiles.Png, "a.png", "image/png");
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}");
        using var request = new HttpRequestMessage(HttpMethod.Head, redirect.Headers.Location);
        using HttpResponseMessage head = await media.Anonymous.SendAsync(request);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(SampleFiles.Png.Length);
    }

    private async Task<string> KeepAsync(byte[] content, string filename, string contentType)
    {
        Answer answer = await media.SubmitAsync(
            $$"""{"source":"upload","data":"{{Convert.ToBase64String(content)}}","filename":"{{filename}}","contentType":"{{contentType}}"}""");
        answer.Status.ShouldBe(202);
        return (await media.AttachmentsAsync(answer.Id))[0].GetProperty("key").GetString()!;
    }
}
