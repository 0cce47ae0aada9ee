using System.Net.Http.Headers;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Files that are sent before their log.</summary>
public sealed class UploadTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private HttpClient Http => media.Http;

    [Fact]
    public async Task A_link_says_where_and_how_to_send_the_file()
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", """{"filename":"Bericht 1.pdf","contentType":"application/pdf","sizeBytes":"1000"}""");
        link.Status.ShouldBe(201);
        link.ShouldMatchGolden("upload-created");
        link["uploadUrl"]!.ShouldStartWith(media.Http.BaseAddress!.ToString());
    }

    [Fact]
    public async Task An_upload_can_be_read_by_its_own_workspace_before_a_log_takes_it()
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", "{}");
        (await PutAsync(link["uploadUrl"]!, SampleFiles.Png)).ShouldBe(200);
        using HttpResponseMessage file = await media.DownloadAsync(link["key"]!);
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Png);
        file.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
    }

    [Theory]
    [InlineData("""{"contentType":"text/html"}""", "contentType")]
    [InlineData("""{"contentType":"application/zip"}""", "contentType")]
    [InlineData("""{"contentType":"video/mp4"}""", "contentType")]
    [InlineData("""{"contentType":"image/"}""", "contentType")]
    [InlineData("""{"sizeBytes":0}""", "sizeBytes")]
    [InlineData("""{"sizeBytes":1.5}""", "sizeBytes")]
    [InlineData("""{"sizeBytes":"big"}""", "sizeBytes")]
    [InlineData("""{"filename":7}""", "filename")]
    public async Task A_bad_field_is_named(string body, string field)
    {
        Answer answer = await Http.PostJsonAsync("/api/uploads", body);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Thirty_two_megabytes_can_be_sent_and_one_byte_more_is_413()
    {
        const int Max = 32 * 1024 * 1024;
        (await Http.PostJsonAsync("/api/uploads", $$"""{"sizeBytes":{{Max + 1}}}""")).Status.ShouldBe(413);
        Answer link = await Http.PostJsonAsync("/api/uploads", $$"""{"sizeBytes":{{Max}}}""");
        byte[] file = SampleFiles.PngOf(Max + 1);
        (await PutAsync(link["uploadUrl"]!, file)).ShouldBe(413);
        (await PutAsync(link["uploadUrl"]!, file, chunked: true)).ShouldBe(413);
        (await Http.GetJsonAsync($"/api/media/{link["key"]}")).Status.ShouldBe(404);
        (await PutAsync(link["uploadUrl"]!, file[..Max])).ShouldBe(200);
    }

    [Fact]
    public async Task A_file_larger_than_was_said_is_413()
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", """{"sizeBytes":10}""");
        (await PutAsync(link["uploadUrl"]!, SampleFiles.Png)).ShouldBe(413);
        (await PutAsync(link["uploadUrl"]!, SampleFiles.Png, chunked: true)).ShouldBe(413);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_415()
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", """{"contentType":"image/png"}""");
        (await PutAsync(link["uploadUrl"]!, SampleFiles.Program)).ShouldBe(415);
        (await PutAsync(link["uploadUrl"]!, "Hello"u8.ToArray())).ShouldBe(415);
    }

    [Theory]
    [InlineData("maxBytes=10", "maxBytes=99999999")]
    [InlineData("/a.png", "/b.png")]
    [InlineData("default/", "other/")]
    [InlineData("signature=", "signature=0")]
    public async Task A_link_that_was_tampered_with_is_refused(string part, string tampered)
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", """{"filename":"a.png","sizeBytes":10}""");
        string url = link["uploadUrl"]!;
        url.ShouldContain(part);
        (await PutAsync(url.Replace(part, tampered, StringComparison.Ordinal), [1])).ShouldBe(403);
    }

    [Fact]
    public async Task A_link_to_read_by_is_not_one_to_write_by()
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", """{"filename":"a.png"}""");
        (await PutAsync(link["uploadUrl"]!, SampleFiles.Png)).ShouldBe(200);
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{link["key"]}");
        string reading = new Uri(Http.BaseAddress!, redirect.Headers.Location!).ToString();
        (await PutAsync(reading.Replace("/media/", "/uploads/", StringComparison.Ordinal), SampleFiles.Png)).ShouldBe(403);
        (await media.Anonymous.GetJsonAsync(link["uploadUrl"]!.Replace("/uploads/default", "/media/default", StringComparison.Ordinal))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Without_credentials_there_is_no_link() =>
        (await media.Anonymous.PostJsonAsync("/api/uploads", "{}")).Status.ShouldBe(401);

    private async Task<int> PutAsync(string url, byte[] file, bool chunked = false)
    {
        using HttpContent content = chunked ? new StreamContent(new MemoryStream(file)) : new ByteArrayContent(file);
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage response = await media.Anonymous.SendAsync(request);
        return (int)response.StatusCode;
    }
}
