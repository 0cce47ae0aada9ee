using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The webhook token: what is told to those without it, and its rotation.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_rotated_token_is_dead_with_the_answer_and_stays_so_though_it_is_the_configured_one()
    {
        Answer rotated = await _server.Http.CallAsync(HttpMethod.Post, "/api/settings/rotate-token", null);
        rotated.Status.ShouldBe(200);
        string token = rotated["webhookToken"]!;
        (await _server.Http.GetJsonAsync("/api/verify")).Status.ShouldBe(401);
        (await VerifyAsync(token)).Status.ShouldBe(200);
        (await _server.Operator.GetJsonAsync("/api/audit?action=token.rotated")).Body.GetProperty("entries").GetArrayLength().ShouldBe(1);

        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder);
        (await _server.Http.GetJsonAsync("/api/verify")).Status.ShouldBe(401);
        (await VerifyAsync(token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Another_configured_token_takes_the_place_of_the_one_before()
    {
        const string Other = "wh-another-configured-token";
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder, "", ("TRACIRA_WEBHOOK_TOKEN", Other));
        (await _server.Http.GetJsonAsync("/api/verify")).Status.ShouldBe(401);
        (await VerifyAsync(Other)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_is_rotated_five_times_an_hour_and_not_six()
    {
        for (int left = 4; left >= 0; left--)
        {
            Answer rotated = await _server.Operator.CallAsync(HttpMethod.Post, "/api/settings/rotate-token", null);
            rotated.Status.ShouldBe(200);
            rotated.Headers["RateLimit-Remaining"].ShouldBe($"{left}");
        }

        Answer refused = await _server.Operator.CallAsync(HttpMethod.Post, "/api/settings/rotate-token", null);
        refused.Status.ShouldBe(429);
        refused["code"].ShouldBe("rate_limited");
        int.Parse(refused.Headers["Retry-After"]).ShouldBeInRange(3_500, 3_600);
    }

    [Fact]
    public async Task A_token_in_the_query_is_not_read()
    {
        using var stranger = new HttpClient { BaseAddress = _server.Address };
        Answer answer = await stranger.GetJsonAsync($"/api/verify?token={ServerProcess.Token}");
        answer.Status.ShouldBe(401);
        answer["error"]!.ShouldStartWith("Missing token");
        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
    }

    private Task<Answer> VerifyAsync(string token) =>
        _server.Http.CallAsync(HttpMethod.Get, "/api/verify", null, ("x-api-key", token));
}
