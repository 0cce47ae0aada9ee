using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Fetching attachments from hosts that behave as hosts do: whatever goes wrong is on the attachment, and the log is kept.</summary>
public sealed class FetchTests(MediaFixture media) : IClassFixture<MediaFixture>
{
    private FileHost Files => media.Files;

    [Fact]
    public async Task A_file_that_is_not_there_is_recorded_and_asked_for_once()
    {
        (await FetchAsync(Files.AddressOf("/missing.png"))).GetProperty("error").GetString()!.ShouldContain("404");
        Files.Asked("/missing.png").ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_fails_for_a_while_is_asked_again()
    {
        string url = Files.Serve("/flaky.png", async http =>
        {
            if (Files.Asked("/flaky.png") == 1)
                http.Response.StatusCode = 503;
            else
                await http.Response.Body.WriteAsync(SampleFiles.Png);
        });
        (await FetchAsync(url)).TryGetProperty("key", out _).ShouldBeTrue();
        Files.Asked("/flaky.png").ShouldBe(2);
    }

    [Fact]
    public async Task A_host_that_always_fails_is_given_up_after_a_few_tries()
    {
        string url = Files.Serve("/broken.png", static http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        (await FetchAsync(url)).GetProperty("error").GetString()!.ShouldContain("500");
        Files.Asked("/broken.png").ShouldBe(3);
    }

    [Fact]
    public async Task A_host_that_nobody_listens_at_is_recorded() =>
        (await FetchAsync("http://127.0.0.1:1/a.png")).GetProperty("error").GetString().ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task A_host_that_stalls_is_given_up()
    {
        string url = Files.Serve("/stall.png", static async http =>
        {
            await http.Response.Body.WriteAsync(SampleFiles.Png);
            await http.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        (await FetchAsync(url)).GetProperty("error").GetString()!.ShouldContain("within 1 seconds");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_kept_whether_its_length_is_told_or_not()
    {
        byte[] large = SampleFiles.PngOf((10 * 1024 * 1024) + 1);
        (await FetchAsync(Files.Serve("/told.png", large))).GetProperty("error").GetString()!.ShouldContain("larger than");
        string untold = Files.Serve("/untold.png", async http => await http.Response.Body.WriteAsync(large));
        (await FetchAsync(untold)).GetProperty("error").GetString()!.ShouldContain("larger than");
    }

    [Fact]
    public async Task A_compressed_file_is_unpacked_and_one_that_grows_too_large_is_not_kept()
    {
        JsonElement small = await FetchAsync(Files.Serve("/gzip.png", Gzip(SampleFiles.Png), "image/png", ("Content-Encoding", "gzip")));
        small.GetProperty("sizeBytes").GetInt32().ShouldBe(SampleFiles.Png.Length);
        byte[] bomb = Gzip([.. SampleFiles.Png, .. new byte[64 * 1024 * 1024]]);
        bomb.Length.ShouldBeLessThan(100_000);
        (await FetchAsync(Files.Serve("/bomb.png", bomb, "image/png", ("Content-Encoding", "gzip")))).GetProperty("error").GetString()!.ShouldContain("larger than");
        (await FetchAsync(Files.Serve("/lie.png", SampleFiles.Png, "image/png", ("Content-Encoding", "gzip")))).TryGetProperty("error", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png")]
    [InlineData("application/zip")]
    public async Task A_file_of_another_kind_is_not_kept(string contentType)
    {
        string path = "/page/" + contentType.Replace('/', '-');
        (await FetchAsync(Files.Serve(path, "<html></html>"u8.ToArray(), contentType))).GetProperty("error").GetString()!.ShouldContain("kind");
    }

    [Fact]
    public async Task A_redirect_is_followed_but_not_into_the_house()
    {
        string target = Files.Serve("/target.png", SampleFiles.Png);
        (await FetchAsync(Files.Serve("/moved.png", Redirect(target)))).TryGetProperty("key", out _).ShouldBeTrue();
        JsonElement inside = await FetchAsync(Files.Serve("/inside.png", Redirect("http://169.254.169.254/latest/meta-data/")));
        inside.GetProperty("error").GetString()!.ShouldContain("Outbound:AllowedNetworks");
        (await FetchAsync(Files.Serve("/round.png", Redirect(Files.AddressOf("/round.png"))))).GetProperty("error").GetString()!.ShouldContain("redirects");
    }

    [Fact]
    public async Task A_fetch_that_a_kill_interrupts_goes_on_after_the_next_start()
    {
        using var folder = new TemporaryServerFolder();
        bool stalls = true;
        string url = Files.Serve("/interrupted.png", async http =>
        {
            if (stalls)
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            else
                await http.Response.Body.WriteAsync(SampleFiles.Png);
        });
        (string, string)[] settings = [.. MediaFixture.Settings.Where(static setting => !setting.Name.Contains("FETCH", StringComparison.Ordinal))];
        await using (ServerProcess server = await ServerProcess.StartAsync(folder.Path, environment: settings))
        {
            (await server.Http.PostJsonAsync(
                "/api/logs", $$"""{"project":"p","output":"x","id":"cut-off","attachments":[{"source":"url","url":"{{url}}"}]}""")).Status.ShouldBe(202);
            for (int i = 0; i < 100 && Files.Asked("/interrupted.png") == 0; i++)
                await Task.Delay(50);
            await server.KillAsync();
        }

        stalls = false;
        await using ServerProcess again = await ServerProcess.StartAsync(folder.Path, environment: settings);
        for (int i = 0; i < 100; i++)
        {
            JsonElement attachment = (await again.Http.GetJsonAsync("/api/logs/cut-off")).Body.GetProperty("attachments")[0];
            if (attachment.TryGetProperty("key", out _))
                return;
            await Task.Delay(50);
        }

        throw new TimeoutException();
    }

    private static RequestDelegate Redirect(string location) => http =>
    {
        http.Response.StatusCode = 302;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(content);
        return compressed.ToArray();
    }

    private async Task<JsonElement> FetchAsync(string url)
    {
        Answer answer = await media.SubmitAsync($$"""{"source":"url","url":"{{url}}"}""", ""","sync":true""");
        answer.Status.ShouldBe(200);
        return (await media.AttachmentsAsync(answer.Id))[0];
    }
}
