namespace Tracira.Server.Api;

/// <summary>A message and what has become of it.</summary>
/// <param name="Id">The receiver's <c>webhook-id</c>.</param>
/// <param name="LogId">The log it is about.</param>
/// <param name="Event"><c>log.evaluated</c> or <c>log.decided</c>.</param>
/// <param name="Url">The receiver.</param>
/// <param name="State">One of <see cref="WireNames.Delivery"/>.</param>
/// <param name="Attempts">How many attempts were made since it was added or replayed.</param>
/// <param name="CreatedAt">When the event happened.</param>
internal sealed record DeliveryItem(string Id, string LogId, string Event, string Url, string State, int Attempts, DateTimeOffset CreatedAt)
{
    /// <summary>Where it waits: when the next attempt is due.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>What the receiver answered last.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    public static DeliveryItem Of(Delivery delivery) => new(
        delivery.Message.Id,
        delivery.Message.LogId,
        delivery.Message.Event,
        delivery.Message.Url,
        WireNames.Delivery[delivery.State],
        delivery.Attempts,
        delivery.Message.CreatedAt)
    {
        NextAttemptAt = delivery.NextAttemptAt,
        LastAttemptAt = delivery.LastAttemptAt,
        StatusCode = delivery.StatusCode,
        Error = delivery.Error,
    };
}

/// <summary>Some of a workspace's deliveries, newest first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Next">Where there are more: what to ask for with <c>before</c>.</param>
internal sealed record DeliveryListAnswer(IReadOnlyList<DeliveryItem> Deliveries, string? Next);
