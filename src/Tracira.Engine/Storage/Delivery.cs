namespace Tracira;

/// <summary>A message and what has become of it so far.</summary>
/// <param name="Message">The message.</param>
/// <param name="State">How far it has come.</param>
public sealed record Delivery(OutboxMessage Message, DeliveryState State)
{
    /// <summary>How many attempts were made since it was added or replayed.</summary>
    public int Attempts { get; init; }

    /// <summary>Where it waits: when the next attempt is due. UTC, whole milliseconds.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the last attempt was made; null before the first. UTC, whole milliseconds.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>What the receiver answered to the last attempt, where it answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why the last attempt failed; null where it did not.</summary>
    public string? Error { get; init; }
}
