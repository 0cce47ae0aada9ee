using System.Text;
using Shouldly;
using Tracira.Server.Outbound.Slack;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Slack's signature, by the example of Slack's own documentation.</summary>
public sealed class SlackSignatureTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private const string Body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Body);

    [Fact]
    public void The_documented_example_is_good() => At(0).Refuse(Secret, Timestamp, Signature, Bytes).ShouldBeNull();

    [Fact]
    public void A_request_counts_once()
    {
        SlackSignature signature = At(0);
        signature.Refuse(Secret, Timestamp, Signature, Bytes).ShouldBeNull();
        signature.Refuse(Secret, Timestamp, Signature, Bytes)!.ShouldContain("made before");
    }

    [Fact]
    public void Of_many_copies_of_a_request_at_once_one_counts()
    {
        SlackSignature signature = At(0);
        int counted = 0;
        Parallel.For(0, 64, _ => Interlocked.Add(ref counted, signature.Refuse(Secret, Timestamp, Signature, Bytes) is null ? 1 : 0));
        counted.ShouldBe(1);
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_request_is_good_for_five_minutes(int seconds, bool isGood) =>
        (At(seconds).Refuse(Secret, Timestamp, Signature, Bytes) is null).ShouldBe(isGood);

    [Theory]
    [InlineData("another secret", Timestamp, Signature)]
    [InlineData(Secret, "1531420619", Signature)]
    [InlineData(Secret, null, Signature)]
    [InlineData(Secret, "", Signature)]
    [InlineData(Secret, "-531420618", Signature)]
    [InlineData(Secret, "99999999999999999999", Signature)]
    [InlineData(Secret, Timestamp, null)]
    [InlineData(Secret, Timestamp, "")]
    [InlineData(Secret, Timestamp, "v0=")]
    [InlineData(Secret, Timestamp, "v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData(Secret, Timestamp, "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void Anything_else_is_not_that_of_Slack(string secret, string? timestamp, string? signature) =>
        At(0).Refuse(secret, timestamp, signature, Bytes)!.ShouldContain("not that of Slack");

    [Fact]
    public void One_byte_more_in_the_body_is_noticed() =>
        At(0).Refuse(Secret, Timestamp, Signature, [.. Bytes, (byte)'&'])!.ShouldContain("not that of Slack");

    private static SlackSignature At(int seconds) =>
        new(new StandingClock(DateTimeOffset.FromUnixTimeSeconds(1_531_420_618 + seconds)));

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
