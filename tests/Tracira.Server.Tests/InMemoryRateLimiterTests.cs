using Shouldly;
using Tracira.Server.Api;
using Xunit;

namespace Tracira.Server.Tests;

public sealed class InMemoryRateLimiterTests
{
    private static readonly RateLimit Limit = new("test", 3, TimeSpan.FromSeconds(60));

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task In_any_window_there_are_never_more_than_the_limit_wherever_the_window_begins()
    {
        var limiter = new InMemoryRateLimiter(_clock);
        List<long> granted = [];
        for (int i = 0; i < 2_000; i++)
        {
            if ((await limiter.TakeAsync(Limit, "w")).Granted == 1)
                granted.Add(_clock.Milliseconds);
            _clock.Milliseconds += 700 * (i % 5);
        }

        granted.Count.ShouldBeGreaterThan(100);
        for (int i = 3; i < granted.Count; i++)
            (granted[i] - granted[i - 3]).ShouldBeGreaterThanOrEqualTo(60_000);
    }

    [Fact]
    public async Task A_refusal_says_when_there_is_room_again_and_costs_nothing()
    {
        var limiter = new InMemoryRateLimiter(_clock);
        await limiter.TakeAsync(Limit, "w");
        _clock.Milliseconds = 20_000;
        await limiter.TakeAsync(Limit, "w");
        (await limiter.TakeAsync(Limit, "w")).ShouldBe(new RatePermit(1, 0, TimeSpan.FromSeconds(40)));
        for (int i = 0; i < 5; i++)
            (await limiter.TakeAsync(Limit, "w")).ShouldBe(new RatePermit(0, 0, TimeSpan.FromSeconds(40)));
        _clock.Milliseconds = 60_000;
        (await limiter.TakeAsync(Limit, "w")).ShouldBe(new RatePermit(1, 0, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Of_several_permits_those_are_granted_that_are_left()
    {
        var limiter = new InMemoryRateLimiter(_clock);
        (await limiter.TakeAsync(Limit, "w", 2)).ShouldBe(new RatePermit(2, 1, TimeSpan.FromSeconds(60)));
        _clock.Milliseconds = 20_000;
        (await limiter.TakeAsync(Limit, "w", 2)).ShouldBe(new RatePermit(1, 0, TimeSpan.FromSeconds(40)));
        _clock.Milliseconds = 60_000;
        (await limiter.TakeAsync(Limit, "w", 9)).ShouldBe(new RatePermit(2, 0, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Subjects_and_limits_are_counted_apart()
    {
        var limiter = new InMemoryRateLimiter(_clock);
        for (int i = 0; i < 3; i++)
            await limiter.TakeAsync(Limit, "one");
        (await limiter.TakeAsync(Limit, "one")).Granted.ShouldBe(0);
        (await limiter.TakeAsync(Limit, "two")).Granted.ShouldBe(1);
        (await limiter.TakeAsync(Limit with { Name = "other" }, "one")).Granted.ShouldBe(1);
    }

    private sealed class ManualClock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Milliseconds;
    }
}
