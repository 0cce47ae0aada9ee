using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Tracira.Server.Media;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What the parts of media promise that cannot be waited for over a socket.</summary>
public sealed class MediaUnitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Base64_is_decoded_however_a_client_writes_it()
    {
        Gen.Select(Gen.Byte.Array[1, 20_000], Gen.Int[0, 5]).Sample((bytes, style) =>
        {
            string text = Convert.ToBase64String(bytes);
            text = style switch
            {
                0 => text,
                1 => text.Replace("/", "\\/", StringComparison.Ordinal).Replace("+", "\\u002B", StringComparison.Ordinal).Replace("=", "\\u003d", StringComparison.Ordinal),
                2 => string.Join("\\r\\n", text.Chunk(76).Select(static line => new string(line))),
                3 => text.Replace('/', '_').Replace('+', '-').TrimEnd('='),
                4 => "data:image/png;base64," + text,
                _ => text.TrimEnd('='),
            };
            using JsonDocument document = JsonDocument.Parse($"\"{text}\"");
            using var stream = new Base64Stream(document.RootElement);
            using var decoded = new MemoryStream();
            stream.CopyTo(decoded, 777);
            decoded.ToArray().ShouldBe(bytes);
        });
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AA=A")]
    [InlineData("====")]
    [InlineData("AAAA=AAA")]
    [InlineData("AAA*")]
    [InlineData("\\u00e9AAA")]
    [InlineData("\\\\AAA")]
    public void What_is_not_base64_is_said_to_be_so(string text)
    {
        using JsonDocument document = JsonDocument.Parse($"\"{text}\"");
        using var stream = new Base64Stream(document.RootElement);
        Should.Throw<FormatException>(() => stream.CopyTo(Stream.Null));
    }

    [Theory]
    [InlineData("89504E470D0A1A0A00", null, "a", "image/png")]
    [InlineData("FFD8FFE000104A464946", "text/html", "a", "image/jpeg")]
    [InlineData("474946383961", null, "a", "image/gif")]
    [InlineData("524946460000000057454250", null, "a", "image/webp")]
    [InlineData("524946460000000057415645", null, "a", "audio/wav")]
    [InlineData("524946460000000041564920", null, "a", null)]
    [InlineData("0000001C66747970617669660000", null, "a", "image/avif")]
    [InlineData("0000001C667479704D3441200000", null, "a", "audio/mp4")]
    [InlineData("0000001C6674797069736F6D0000", null, "a.mp4", null)]
    [InlineData("0000001C6674797069736F6D0000", "audio/mp4", "a.mp4", "audio/mp4")]
    [InlineData("1A45DFA3", "audio/webm", "a", "audio/webm")]
    [InlineData("1A45DFA3", "video/webm", "a", null)]
    [InlineData("4F676753", null, "a", "audio/ogg")]
    [InlineData("494433", null, "a", "audio/mpeg")]
    [InlineData("FFFB9044", null, "a", "audio/mpeg")]
    [InlineData("FFF15080", null, "a", "audio/aac")]
    [InlineData("664C6143", null, "a", "audio/flac")]
    [InlineData("255044462D312E34", "image/png", "a", "application/pdf")]
    [InlineData("48656C6C6F", null, "a", "text/plain")]
    [InlineData("48656C6C6F", "text/plain; charset=utf-8", "a", "text/plain")]
    [InlineData("612C62", null, "a.CSV", "text/csv")]
    [InlineData("7B7D", null, "a.json", "application/json")]
    [InlineData("7B7D", "application/json", "a", "application/json")]
    [InlineData("FFFE48006900", null, "a.txt", "text/plain")]
    [InlineData("4772FCDF65", null, "latin1.txt", "text/plain")]
    [InlineData("48656C6C6F", "text/html", "a", null)]
    [InlineData("48656C6C6F", "image/png", "a", null)]
    [InlineData("3C7376673E", "image/svg+xml", "a", "image/svg+xml")]
    [InlineData("3C7376673E", null, "a.svg", "image/svg+xml")]
    [InlineData("3C68746D6C3E", "image/svg+xml", "a", null)]
    [InlineData("504B0304140000000800", null, "a.docx", null)]
    [InlineData("7F454C4602010100", null, "a", null)]
    [InlineData("4D5A900003000000", "text/plain", "a", null)]
    public void A_file_is_what_its_first_bytes_say(string head, string? declared, string filename, string? expected) =>
        MediaKind.Detect(Convert.FromHexString(head), declared, filename).ShouldBe(expected);

    [Fact]
    public async Task A_link_is_good_until_it_expires()
    {
        var links = new SignedLinks(new InMemoryStore(), _time);
        string link = await links.CreateAsync("GET", "/media/default/a/0-b.png", TimeSpan.FromMinutes(5), ("download", "1"), ("filename", "a&b=ü.png"));
        (await IsGoodAsync(links, link)).ShouldBeTrue();
        _time.Now += TimeSpan.FromSeconds(299);
        (await IsGoodAsync(links, link)).ShouldBeTrue();
        _time.Now += TimeSpan.FromSeconds(1);
        (await IsGoodAsync(links, link)).ShouldBeFalse();
    }

    [Fact]
    public async Task Links_of_one_store_are_good_on_every_server_and_those_of_another_on_none()
    {
        var store = new InMemoryStore();
        string link = await new SignedLinks(store, _time).CreateAsync("GET", "/media/a", TimeSpan.FromMinutes(5));
        (await IsGoodAsync(new SignedLinks(store, _time), link)).ShouldBeTrue();
        (await IsGoodAsync(new SignedLinks(new InMemoryStore(), _time), link)).ShouldBeFalse();
    }

    [Fact]
    public async Task Uploads_go_after_24_hours_and_files_without_a_log_after_10_minutes()
    {
        var store = new InMemoryStore();
        var keeper = new MediaKeeper(store, _time);
        await store.Workspaces.SaveAsync(new Workspace("w", "W", "wh-0123456789abcdef", _time.Now));
        Placement placement = await store.Projects.ResolveAsync("w", "p", null);
        await store.Logs.AppendAsync(
            new Log
            {
                Id = "kept",
                WorkspaceId = "w",
                ProjectId = placement.Project.Id,
                ProjectName = "p",
                Timestamp = _time.Now,
                CreatedAt = _time.Now,
                Status = LogStatus.Pass,
                Output = "x",
            },
            []);
        foreach (string key in new[] { "w/kept/0-a.png", "w/kept/1-a.png", "w/gone/0-a.png", "w/uploads/1/a.png", "w/uploads/0-a.png" })
            await store.Media.SaveAsync(new MediaFile("w", key, "a.png", "image/png", 0, _time.Now), new MemoryStream(SampleFiles.Png), 1000);

        (await keeper.ReapAsync(default)).ShouldBe(0);
        _time.Now += TimeSpan.FromMinutes(10);
        (await keeper.ReapAsync(default)).ShouldBe(2);
        (await KeysAsync(store)).ShouldBe(["w/kept/0-a.png", "w/kept/1-a.png", "w/uploads/1/a.png"]);
        _time.Now += TimeSpan.FromHours(24);
        (await keeper.ReapAsync(default)).ShouldBe(1);
        (await KeysAsync(store)).ShouldBe(["w/kept/0-a.png", "w/kept/1-a.png"]);
        await keeper.RemoveLogMediaAsync("w", ["kept", "other"]);
        (await KeysAsync(store)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_files_of_a_log_that_is_called_uploads_go_without_the_uploads()
    {
        var store = new InMemoryStore();
        foreach (string key in new[] { "w/uploads/1/a.png", "w/uploads/0-a.png" })
            await store.Media.SaveAsync(new MediaFile("w", key, "a.png", "image/png", 0, _time.Now), new MemoryStream(SampleFiles.Png), 1000);
        await new MediaKeeper(store, _time).RemoveLogMediaAsync("w", ["uploads"]);
        (await KeysAsync(store)).ShouldBe(["w/uploads/1/a.png"]);
    }

    private static async Task<bool> IsGoodAsync(SignedLinks links, string link)
    {
        var http = new DefaultHttpContext();
        http.Request.Path = link.Split('?')[0];
        http.Request.QueryString = new QueryString("?" + link.Split('?')[1]);
        return await links.IsGoodAsync(http, "GET", "download", "filename");
    }

    private static async Task<List<string>> KeysAsync(InMemoryStore store)
    {
        List<string> keys = [];
        await foreach (MediaFile file in store.Media.ListAsync("w", "w/"))
            keys.Add(file.Key);
        return keys;
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
