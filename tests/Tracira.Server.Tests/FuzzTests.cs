using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

public sealed class FuzzTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Paths = ["/api/logs", "/api/rules", "/api/rules/evaluate"];

    private static readonly string[] Bodies =
    [
        """{"project":"fuzz","task":"t","output":"text","latencyMs":12.5,"costUsd":0.1,"confidence":0.5,"sync":true,"tags":["a"],"metadata":{"a":[1,{"b":null}]},"timestamp":"2024-11-15T10:30:00Z","id":"fuzz-1"}""",
        """{"name":"r","type":"json_field","value":"$.a[0] in 1..5","isActive":false,"projectName":"fuzz"}""",
        """{"output":"{\"a\":[3]}","confidence":0.4,"rule":{"name":"r","type":"json_field","value":"a[0] == 3"}}""",
    ];

    private static readonly string[] Splices =
    [
        "\"", "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\\udc00x", "\\u0000", "null", "true", "-", "1e999", "99999999999999999999999999999999",
        "-0", "0.0000000000000000000000000000000001", "\"\\", "/*", "\ufeff", "\0", "'", "NaN", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", " ", "é", "👋",
    ];

    [Fact]
    public async Task No_body_however_strange_makes_more_than_a_refusal_or_is_stored_without_being_acknowledged()
    {
        long before = await TotalAsync();
        long acknowledged = 0;
        Gen<byte[]> bytes = Gen.Byte.Array[0, 200];
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, Bodies.Length - 1], Gen.Select(Gen.Int[0, 400], Gen.Int[0, 20], Gen.Int[0, Splices.Length - 1]).Array[1, 4])
            .Select(static (body, splices) => Encoding.UTF8.GetBytes(splices.Aggregate(Bodies[body], Splice)));
        await Gen.Select(Gen.Int[0, Paths.Length - 1], Gen.OneOf(bytes, mutated, mutated)).SampleAsync(
            async (path, body) =>
            {
                int status = await SendAsync(Paths[path], body);
                status.ShouldBeInRange(200, 499);
                if (status is 200 or 202 && path == 0)
                    Interlocked.Increment(ref acknowledged);
            },
            iter: 6_000,
            threads: 4);
        // An id that was sent twice is acknowledged twice and stored once.
        (await TotalAsync() - before).ShouldBeInRange(0, acknowledged);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Deep_nesting_is_refused(string open, string close)
    {
        const int Depth = 100_000;
        string nested = string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth));
        (await SendAsync("/api/logs", Encoding.UTF8.GetBytes($$"""{"project":"p","output":"x","metadata":{{nested}}}"""))).ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"project":"p","output":"@"}""")]
    [InlineData("""{"project":"@","output":"x"}""")]
    [InlineData("""{"project":"p","output":"x","id":"@"}""")]
    [InlineData("""{"project":"p","output":"x","input":"@"}""")]
    [InlineData("""{"project":"p","output":"x","metadata":{"a":"@"}}""")]
    [InlineData("""{"project":"p","output":"x","tags":["@"]}""")]
    public async Task Ten_megabytes_in_any_field_are_refused_and_not_stored(string template)
    {
        long before = await TotalAsync();
        foreach (int size in new[] { 5_000_000, 10_000_000 })
            (await SendAsync("/api/logs", Encoding.UTF8.GetBytes(template.Replace("@", new string('a', size), StringComparison.Ordinal)))).ShouldBeInRange(400, 413);
        (await TotalAsync()).ShouldBe(before);
    }

    private static string Splice(string body, (int At, int Cut, int Insert) splice)
    {
        int at = Math.Min(splice.At, body.Length);
        int cut = Math.Min(splice.Cut, body.Length - at);
        return string.Concat(body.AsSpan(0, at), Splices[splice.Insert], body.AsSpan(at + cut));
    }

    private async Task<int> SendAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await server.Http.PostAsync(path, content);
        return (int)response.StatusCode;
    }

    private async Task<long> TotalAsync() => (await server.Http.GetJsonAsync("/api/logs?limit=1")).Body.GetProperty("total").GetInt64();
}
