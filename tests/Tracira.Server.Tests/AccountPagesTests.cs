using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Where the links for the first admin and for invited people lead.</summary>
public sealed partial class AccountPagesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/setup?token=x")]
    [InlineData("/invitation?token=x")]
    public async Task A_link_opens_a_page_that_is_whole_and_can_run_nothing_but_its_own_script(string link)
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage page = await stranger.GetAsync(link);
        page.EnsureSuccessStatusCode();
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self';");
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");

        string[] parts = [.. Part().Matches(await page.Content.ReadAsStringAsync()).Select(static match => match.Groups[1].Value)];
        parts.Length.ShouldBe(2);
        foreach (string part in parts)
        {
            using HttpResponseMessage answer = await stranger.GetAsync(part);
            answer.EnsureSuccessStatusCode();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(part.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/css");
        }
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Part();
}
