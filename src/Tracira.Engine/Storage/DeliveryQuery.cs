namespace Tracira;

/// <summary>Which deliveries of a workspace are wanted, newest message first.</summary>
/// <param name="WorkspaceId">The workspace.</param>
public sealed record DeliveryQuery(string WorkspaceId)
{
    /// <summary>Only those of this state.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Only those about this log.</summary>
    public string? LogId { get; init; }

    /// <summary>Only those whose message's id is less than this, by ordinal comparison; null to begin with the newest.</summary>
    public string? Before { get; init; }

    /// <summary>How many at most; 1 or more.</summary>
    public int Limit { get; init; } = 50;
}
