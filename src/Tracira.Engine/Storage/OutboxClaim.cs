namespace Tracira;

/// <summary>Which messages a dispatcher wants to work on.</summary>
/// <param name="Now">The moment: what is due by then.</param>
/// <param name="Until">The end of the lease: nobody else is given these messages before it.</param>
/// <param name="Limit">How many at most; 1 or more.</param>
/// <param name="LaneLimit">How many at most of a lane that is not named in <paramref name="LaneLimits"/>.</param>
/// <param name="LaneLimits">By <see cref="OutboxMessage.Lane"/>, how many at most of it; 0 for those that have enough to do.</param>
public sealed record OutboxClaim(
    DateTimeOffset Now, DateTimeOffset Until, int Limit, int LaneLimit, IReadOnlyDictionary<string, int> LaneLimits)
{
    /// <summary>How many at most of a lane.</summary>
    public int LimitOf(string lane) => LaneLimits.TryGetValue(lane, out int limit) ? limit : LaneLimit;
}

/// <summary>What a dispatcher was given.</summary>
/// <param name="Deliveries">The messages, those that are longest due first.</param>
/// <param name="NextDue">When there is more to be had of lanes whose limit is not 0: null where nothing waits.</param>
public sealed record ClaimedDeliveries(IReadOnlyList<Delivery> Deliveries, DateTimeOffset? NextDue);
