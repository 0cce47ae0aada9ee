using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class LaneTests
{
    [Theory]
    [InlineData("https://Example.com/hook?x=1", "https://example.com")]
    [InlineData("https://example.com:8443?x=1", "https://example.com:8443")]
    [InlineData("http://10.0.0.1", "http://10.0.0.1")]
    [InlineData("mailto:ada@example.com", "mailto:w")]
    [InlineData("slack:channel/1", "slack:w")]
    [InlineData("nonsense", ":w")]
    public void A_lane_is_what_may_be_slow_or_dead_as_a_whole(string url, string lane) =>
        new OutboxMessage("m", "w", "l", "log.evaluated", url, default).Lane.ShouldBe(lane);
}
