using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Files that come with a log, whichever way they come.</summary>
public sealed class AttachmentTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private HttpClient Http => media.Http;

    [Fact]
    public async Task A_file_inside_the_request_is_kept_before_the_log_is_acknowledged()
    {
        Answer submitted = await media.SubmitAsync(Upload(SampleFiles.Png, "Bild 1.png"), ""","id":"upload-1" """);
        submitted.Status.ShouldBe(202);

        Answer log = await Http.GetJsonAsync("/api/logs/upload-1");
        log.ShouldMatchGolden("log-with-attachment");
        log["mediaBytes"].ShouldBe(SampleFiles.Png.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using HttpResponseMessage file = await media.DownloadAsync("default/upload-1/0-Bild_1.png");
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Png);
    }

    [Fact]
    public async Task Ten_megabytes_are_kept_whole_and_one_byte_more_is_413()
    {
        byte[] largest = SampleFiles.PngOf(10 * 1024 * 1024);
        Answer submitted = await media.SubmitAsync(Upload(largest, "large.png"));
        submitted.Status.ShouldBe(202);
        using HttpResponseMessage file = await media.DownloadAsync(KeyOf((await media.AttachmentsAsync(submitted.Id))[0]));
        (await file.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(largest).ShouldBeTrue();

        Answer tooLarge = await media.SubmitAsync(Upload([.. largest, 0], "large.png"));
        tooLarge.Status.ShouldBe(413);
        tooLarge["code"].ShouldBe("payload_too_large");
        tooLarge.Fields.ShouldBe(["attachments[0]"]);
    }

    [Fact]
    public async Task An_address_is_fetched_before_a_sync_answer()
    {
        string url = media.Files.Serve("/report.pdf", SampleFiles.Pdf, "application/pdf");
        Answer answer = await media.SubmitAsync(Url(url), ""","sync":true""");
        answer.Status.ShouldBe(200);
        JsonElement attachment = (await media.AttachmentsAsync(answer.Id))[0];
        attachment.GetProperty("filename").GetString().ShouldBe("report.pdf");
        attachment.GetProperty("contentType").GetString().ShouldBe("application/pdf");
        attachment.GetProperty("sizeBytes").GetInt32().ShouldBe(SampleFiles.Pdf.Length);
        using HttpResponseMessage file = await media.DownloadAsync(KeyOf(attachment));
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Pdf);
    }

    [Fact]
    public async Task An_address_is_fetched_behind_an_async_answer()
    {
        var mayGoOn = new TaskCompletionSource();
        string url = media.Files.Serve("/slow.png", async http =>
        {
            await mayGoOn.Task;
            await http.Response.Body.WriteAsync(SampleFiles.Png);
        });
        Answer answer = await media.SubmitAsync(Url(url));
        answer.Status.ShouldBe(202);
        (await media.AttachmentsAsync(answer.Id))[0].TryGetProperty("key", out _).ShouldBeFalse();
        mayGoOn.SetResult();
        KeyOf(await SettledAsync(answer.Id)).ShouldBe($"default/{answer.Id}/0-slow.png");
    }

    [Fact]
    public async Task An_uploaded_file_goes_over_to_the_first_log_that_takes_it()
    {
        string key = await UploadAsync(SampleFiles.Pdf, "contract.pdf", "application/pdf");
        Answer answer = await media.SubmitAsync($$"""{"source":"uploaded","key":"{{key}}"}""");
        answer.Status.ShouldBe(202);
        JsonElement attachment = (await media.AttachmentsAsync(answer.Id))[0];
        attachment.GetProperty("filename").GetString().ShouldBe("contract.pdf");
        using HttpResponseMessage file = await media.DownloadAsync(KeyOf(attachment));
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Pdf);

        (await Http.GetJsonAsync($"/api/media/{key}")).Status.ShouldBe(404);
        Answer again = await media.SubmitAsync($$"""{"source":"uploaded","key":"{{key}}"}""");
        again.Status.ShouldBe(400);
        again.Fields.ShouldBe(["attachments[0]"]);
    }

    [Theory]
    [InlineData("""{"source":"stored","key":"default/@/0-a.txt"}""")]
    [InlineData("""{"source":"stored","key":"/api/media/default/@/0-a.txt"}""")]
    [InlineData("""{"source":"stored","url":"https://tracira.example.com/api/media/default/@/0-a.txt?download=1","filename":"a.txt"}""")]
    [InlineData("""{"source":"stored","url":"/media/default/@/0-a.txt?expires=1&signature=2"}""")]
    public async Task A_file_of_an_earlier_log_is_copied_and_outlives_it(string attachment)
    {
        Answer earlier = await media.SubmitAsync(Upload(SampleFiles.Text, "a.txt"));
        Answer later = await media.SubmitAsync(attachment.Replace("@", earlier.Id, StringComparison.Ordinal));
        later.Status.ShouldBe(202);
        (await Http.DeleteJsonAsync($"/api/logs/{earlier.Id}")).Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/media/default/{earlier.Id}/0-a.txt")).Status.ShouldBe(404);
        using HttpResponseMessage file = await media.DownloadAsync(KeyOf((await media.AttachmentsAsync(later.Id))[0]));
        (await file.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Text);
    }

    [Theory]
    [InlineData("""{}""", "attachments[0].source")]
    [InlineData("""{"source":"ftp"}""", "attachments[0].source")]
    [InlineData("""{"source":"url"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":"nowhere"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":"file:///etc/passwd"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":"http://10.0.0.1/a.png"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":"http://169.254.169.254/latest/"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":"http://me:secret@example.com/"}""", "attachments[0].url")]
    [InlineData("""{"source":"url","url":7}""", "attachments[0].url")]
    [InlineData("""{"source":"upload","filename":"a.png"}""", "attachments[0].data")]
    [InlineData("""{"source":"upload","data":"","filename":"a.png"}""", "attachments[0].data")]
    [InlineData("""{"source":"upload","data":"no base64!","filename":"a.png"}""", "attachments[0].data")]
    [InlineData("""{"source":"upload","data":"AAAA=AAA","filename":"a.png"}""", "attachments[0].data")]
    [InlineData("""{"source":"upload","data":["AAAA"],"filename":"a.png"}""", "attachments[0].data")]
    [InlineData("""{"source":"upload","data":"f0VMRgIBAQAAAAAAAAAAAA==","filename":"a.png"}""", "attachments[0]")]
    [InlineData("""{"source":"upload","data":"PGh0bWw+","contentType":"text/html"}""", "attachments[0]")]
    [InlineData("""{"source":"upload","data":"SGVsbG8=","contentType":"image/png"}""", "attachments[0]")]
    [InlineData("""{"source":"uploaded"}""", "attachments[0].key")]
    [InlineData("""{"source":"uploaded","key":"../../etc/passwd"}""", "attachments[0].key")]
    [InlineData("""{"source":"uploaded","key":"default/uploads/0/none.png"}""", "attachments[0]")]
    [InlineData("""{"source":"uploaded","key":"other/uploads/0/none.png"}""", "attachments[0]")]
    [InlineData("""{"source":"stored"}""", "attachments[0].key")]
    [InlineData("""{"source":"stored","key":"default/uploads/0/none.png"}""", "attachments[0].key")]
    [InlineData("""{"source":"stored","key":"default/nolog/0-none.png"}""", "attachments[0]")]
    [InlineData("""{"source":"stored","key":"other/nolog/0-none.png"}""", "attachments[0]")]
    [InlineData(""" "text" """, "attachments")]
    public async Task A_bad_attachment_is_named(string attachment, string field)
    {
        Answer answer = await media.SubmitAsync(attachment);
        answer.Status.ShouldBe(400);
        answer.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task All_bad_fields_are_named_at_once_among_them_those_of_files()
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", """
            {"output":"x","callbackUrl":"http://192.168.0.1/hook",
             "attachments":[{"source":"url","url":"http://10.0.0.1/"},{"source":"upload","data":"?","filename":7}],
             "outputAttachments":[{"source":"later"}]}
            """);
        answer.Status.ShouldBe(400);
        answer.Fields.Order().ShouldBe(
        [
            "attachments[0].url", "attachments[1].data", "attachments[1].filename", "callbackUrl", "outputAttachments[0].source", "project",
        ]);
    }

    [Fact]
    public async Task Twenty_files_are_accepted_over_both_lists_and_not_one_more()
    {
        string ten = string.Join(",", Enumerable.Repeat(Upload(SampleFiles.Text, "a.txt"), 10));
        (await media.SubmitAsync(ten, $$""","outputAttachments":[{{ten}}]""")).Status.ShouldBe(202);
        Answer tooMany = await media.SubmitAsync(ten, $$""","outputAttachments":[{{ten}},{{Upload(SampleFiles.Text, "a.txt")}}]""");
        tooMany.Status.ShouldBe(400);
        tooMany.Fields.ShouldBe(["attachments"]);
    }

    [Fact]
    public async Task An_output_attachment_stands_for_an_output()
    {
        Answer answer = await Http.PostJsonAsync(
            "/api/logs", $$"""{"project":"media","outputAttachments":[{{Upload(SampleFiles.Png, "drawn.png")}}]}""");
        answer.Status.ShouldBe(202);
        (await media.AttachmentsAsync(answer.Id))[0].GetProperty("role").GetString().ShouldBe("output");
        (await Http.PostJsonAsync("/api/logs", $$"""{"project":"media","attachments":[{{Upload(SampleFiles.Png, "given.png")}}]}"""))
            .Fields.ShouldBe(["output"]);
    }

    [Fact]
    public async Task The_same_id_with_the_same_files_is_accepted_once_and_with_other_files_is_a_conflict()
    {
        string url = media.Files.Serve("/once.png", SampleFiles.Png);
        string key = await UploadAsync(SampleFiles.Pdf, "once.pdf", "application/pdf");
        string files = $$"""{{Upload(SampleFiles.Text, "once.txt")}},{{Url(url)}},{"source":"uploaded","key":"{{key}}"}""";
        const string Id = ""","id":"once-with-files","sync":true""";
        (await media.SubmitAsync(files, Id)).Status.ShouldBe(200);
        (await media.SubmitAsync(files, Id)).Status.ShouldBe(200);
        media.Files.Asked("/once.png").ShouldBe(1);
        (await media.AttachmentsAsync("once-with-files")).EnumerateArray().ShouldAllBe(attachment => attachment.GetProperty("sizeBytes").GetInt64() > 0);

        Answer other = await media.SubmitAsync(files.Replace("R3LD", "SGFs", StringComparison.Ordinal), Id);
        other.Status.ShouldBe(409);
        other["code"].ShouldBe("id_conflict");
        (await media.SubmitAsync(Upload(SampleFiles.Text, "once.txt"), Id)).Status.ShouldBe(409);
        using HttpResponseMessage first = await media.DownloadAsync("default/once-with-files/0-once.txt");
        (await first.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Text);
    }

    [Fact]
    public async Task Of_many_submissions_of_one_id_at_once_one_is_kept_with_its_own_files()
    {
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => media.SubmitAsync(Upload([.. SampleFiles.Png, (byte)(i % 4)], "race.png"), ""","id":"race-1" """)));
        answers.Count(static answer => answer.Status == 202).ShouldBe(3);
        answers.Count(static answer => answer.Status == 409).ShouldBe(9);
        int kept = Array.FindIndex(answers, static answer => answer.Status == 202) % 4;
        using HttpResponseMessage file = await media.DownloadAsync("default/race-1/0-race.png");
        (await file.Content.ReadAsByteArrayAsync())[^1].ShouldBe((byte)kept);
    }

    [Fact]
    public async Task The_files_of_a_deleted_log_are_gone_even_for_who_has_a_link()
    {
        Answer answer = await media.SubmitAsync(Upload(SampleFiles.Png, "a.png"));
        string key = KeyOf((await media.AttachmentsAsync(answer.Id))[0]);
        using HttpResponseMessage redirect = await Http.GetAsync($"/api/media/{key}");
        (await Http.DeleteJsonAsync($"/api/logs/{answer.Id}")).Status.ShouldBe(200);
        (await media.Anonymous.GetJsonAsync(redirect.Headers.Location!.ToString())).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/media/{key}")).Status.ShouldBe(404);
    }

    private static string Upload(byte[] content, string filename) =>
        $$"""{"source":"upload","data":"{{Convert.ToBase64String(content)}}","filename":"{{filename}}"}""";

    private static string Url(string url) => $$"""{"source":"url","url":"{{url}}"}""";

    private static string KeyOf(JsonElement attachment) => attachment.GetProperty("key").GetString()!;

    private async Task<string> UploadAsync(byte[] content, string filename, string contentType)
    {
        Answer link = await Http.PostJsonAsync("/api/uploads", $$"""{"filename":"{{filename}}","contentType":"{{contentType}}"}""");
        link.Status.ShouldBe(201);
        using var body = new ByteArrayContent(content);
        using HttpResponseMessage put = await media.Anonymous.PutAsync(link["uploadUrl"], body);
        ((int)put.StatusCode).ShouldBe(200);
        return link["key"]!;
    }

    private async Task<JsonElement> SettledAsync(string id)
    {
        for (int i = 0; i < 100; i++)
        {
            JsonElement attachment = (await media.AttachmentsAsync(id))[0];
            if (attachment.TryGetProperty("key", out _) || attachment.TryGetProperty("error", out _))
                return attachment;
            await Task.Delay(50);
        }

        throw new TimeoutException();
    }
}
