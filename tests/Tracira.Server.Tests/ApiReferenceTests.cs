using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/docs/api.</summary>
public sealed partial class ApiReferenceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_reference_is_there_without_a_credential_and_its_policy_lets_a_browser_ask_nobody_else()
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        using HttpResponseMessage page = await stranger.GetAsync("/docs/api");
        page.EnsureSuccessStatusCode();
        string html = await page.Content.ReadAsStringAsync();
        string policy = string.Join(';', page.Headers.GetValues("Content-Security-Policy"));
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain("connect-src 'self'");
        policy.ShouldNotContain("http");

        string nonce = Nonce().Match(policy).Groups[1].Value;
        MatchCollection scripts = Script().Matches(html);
        scripts.Count.ShouldBeGreaterThan(1);
        foreach (Match script in scripts)
            script.Value.ShouldContain($"nonce=\"{nonce}\"");
        foreach (Match source in Source().Matches(html))
            (await stranger.GetAsync(new Uri(page.RequestMessage!.RequestUri!, source.Groups[1].Value))).EnsureSuccessStatusCode();
        Nonce().Match(string.Join(';', (await stranger.GetAsync("/docs/api/")).Headers.GetValues("Content-Security-Policy"))).Groups[1].Value.ShouldNotBe(nonce);
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("src=\"([^\"]+)\"")]
    private static partial Regex Source();
}
