using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>Says what becomes of a message after an attempt, and when the next one is due.</summary>
/// <param name="options">The pauses between attempts.</param>
/// <param name="random">Draws numbers from 0 to 1.</param>
internal sealed class DeliverySchedule(OutboundOptions options, Func<double> random)
{
    // So that what failed together does not come back together.
    private const double Jitter = 0.2;
    private const int MaxError = 500;

    // A receiver must not be able to put a message off until nobody remembers what it was about.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <summary>The delivery after an attempt.</summary>
    /// <param name="before">The delivery as it was.</param>
    /// <param name="result">What came of the attempt.</param>
    /// <param name="at">When the attempt ended.</param>
    public Delivery After(Delivery before, SendResult result, DateTimeOffset at)
    {
        int attempts = before.Attempts + 1;
        TimeSpan? pause = result.Outcome == SendOutcome.Retry && attempts <= options.Backoff.Count ? PauseAfter(attempts, result.RetryAfter) : null;
        return before with
        {
            State = result.Outcome == SendOutcome.Delivered ? DeliveryState.Delivered : pause is null ? DeliveryState.Dead : DeliveryState.Waiting,
            Attempts = attempts,
            LastAttemptAt = WholeMilliseconds.Of(at),
            NextAttemptAt = pause is null ? null : WholeMilliseconds.Of(at + pause.Value),
            StatusCode = result.StatusCode,
            Error = result.Error is { Length: > MaxError } error ? error[..MaxError] : result.Error,
        };
    }

    private TimeSpan PauseAfter(int attempts, TimeSpan? asked)
    {
        TimeSpan pause = options.Backoff[attempts - 1] * (1 - Jitter + (2 * Jitter * random()));
        TimeSpan wanted = asked > LongestAsked ? LongestAsked : asked ?? TimeSpan.Zero;
        return wanted > pause ? wanted : pause;
    }
}
