using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Request bodies that come compressed.</summary>
public sealed class CompressedBodyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"project":"compressed","output":"x","sync":true}""");

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_read(string encoding) => (await SendAsync(Compress(Body, encoding), encoding)).ShouldBe(200);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_small_body_that_grows_beyond_the_limit_is_413(string encoding)
    {
        byte[] start = Encoding.UTF8.GetBytes("""{"project":"compressed","output":"x","input":" """);
        byte[] bomb = Compress([.. start, .. new byte[200 * 1024 * 1024]], encoding);
        bomb.Length.ShouldBeLessThan(1024 * 1024);
        (await SendAsync(bomb, encoding)).ShouldBe(413);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_compressed_as_it_says_is_400(string encoding) => (await SendAsync(Body, encoding)).ShouldBe(400);

    [Fact]
    public async Task A_body_that_ends_too_early_is_400() => (await SendAsync(Compress(Body, "gzip")[..^12], "gzip")).ShouldBe(400);

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("compress")]
    public async Task Another_encoding_is_415(string encoding) => (await SendAsync(Body, encoding)).ShouldBe(415);

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Optimal),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
            _ => new ZLibStream(compressed, CompressionLevel.Optimal),
        })
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }

    private async Task<int> SendAsync(byte[] body, string encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using HttpResponseMessage response = await server.Http.PostAsync("/api/logs", content);
        return (int)response.StatusCode;
    }
}
