using Shouldly;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>When a message is tried again, and when not.</summary>
public sealed class DeliveryScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Delivery New = new(new OutboxMessage("m", "w", "l", "log.evaluated", "https://example.com/", Noon), DeliveryState.Waiting);

    [Fact]
    public void Pauses_grow_as_promised_and_the_attempt_behind_the_last_pause_is_the_last()
    {
        var schedule = new DeliverySchedule(new OutboundOptions(), static () => 0.5);
        List<double> pauses = [];
        Delivery delivery = New;
        while (delivery.State == DeliveryState.Waiting)
        {
            delivery = schedule.After(delivery, SendResult.Retry("No.", 500), Noon);
            if (delivery.NextAttemptAt is { } next)
                pauses.Add((next - Noon).TotalSeconds);
        }

        pauses.ShouldBe([5, 30, 120, 600, 3_600, 21_600, 86_400]);
        (delivery.State, delivery.Attempts, delivery.StatusCode, delivery.Error).ShouldBe((DeliveryState.Dead, 8, 500, "No."));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 6)]
    public void A_pause_is_a_fifth_shorter_or_longer_by_chance(double drawn, double seconds) =>
        (new DeliverySchedule(new OutboundOptions(), () => drawn).After(New, SendResult.Retry("No."), Noon).NextAttemptAt - Noon)!
            .Value.TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1, 5)]
    [InlineData(-5, 5)]
    [InlineData(1_000_000, 86_400)]
    public void A_receiver_can_ask_to_be_left_alone_for_longer_but_not_for_more_than_a_day(int asked, int seconds) =>
        (new DeliverySchedule(new OutboundOptions(), static () => 0.5)
            .After(New, SendResult.Retry("Busy.", 429, TimeSpan.FromSeconds(asked)), Noon).NextAttemptAt - Noon)!
            .Value.TotalSeconds.ShouldBe(seconds);

    [Fact]
    public void What_is_delivered_or_gone_is_not_tried_again()
    {
        var schedule = new DeliverySchedule(new OutboundOptions(), static () => 0.5);
        Delivery failed = schedule.After(New, SendResult.Retry("No."), Noon);
        Delivery delivered = schedule.After(failed, SendResult.Delivered(200), Noon);
        delivered.ShouldBe(New with { State = DeliveryState.Delivered, Attempts = 2, StatusCode = 200, LastAttemptAt = Noon });
        schedule.After(New, SendResult.Gone("Gone.", 410), Noon).State.ShouldBe(DeliveryState.Dead);
    }
}
