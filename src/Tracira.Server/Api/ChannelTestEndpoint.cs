using Tracira.Server.Auth;
using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

/// <summary>Sends a test through one of the workspace's channels, at once and not by the outbox, and answers what the other side said.</summary>
internal sealed class ChannelTestEndpoint(IEnumerable<ITestableChannel> channels, RateLimits limits)
{
    private readonly Dictionary<string, ITestableChannel> _channels = channels.ToDictionary(static channel => channel.Channel);

    public void Map(IEndpointRouteBuilder api) => api.MapPost("/settings/test/{channel}", Test)
        .Requires(Permissions.Manage)
        .Describe("testChannel", "Settings", "Send a test to Slack, by e-mail or to the outbound webhook")
        .TakesPath("channel", string.Join(", ", _channels.Keys.Order(StringComparer.Ordinal)))
        .Returns<ChannelTestAnswer>(200)
        .Fails(401, 403, 404, 429, 503);

    private async Task Test(HttpContext http)
    {
        string name = (string)http.Request.RouteValues["channel"]!;
        Workspace workspace = Caller.Of(http).Workspace;
        if (!_channels.TryGetValue(name, out ITestableChannel? channel))
        {
            string names = string.Join(", ", _channels.Keys.Order(StringComparer.Ordinal));
            await Answers.Error(http, 404, "not_found", $"There is no channel {name}, but {names}.").ConfigureAwait(false);
        }
        else if (await limits.TryTakeTestAsync(http, workspace.Id).ConfigureAwait(false))
        {
            SendResult result = await channel.TestAsync(workspace, http.RequestAborted).ConfigureAwait(false);
            var answer = new ChannelTestAnswer(result.Outcome == SendOutcome.Delivered, name, result.StatusCode, result.Error);
            await Answers.Json(http, 200, answer, ApiJson.Wire.ChannelTestAnswer).ConfigureAwait(false);
        }
    }
}

/// <summary>What came of a test.</summary>
/// <param name="Ok">Whether the other side took it.</param>
/// <param name="Channel">The channel that was tried.</param>
/// <param name="Status">The other side's status, where it gave one.</param>
/// <param name="Error">What is wrong and what to do about it.</param>
internal sealed record ChannelTestAnswer(bool Ok, string Channel, int? Status, string? Error);
