namespace Tracira.Server.Api;

/// <summary>Counts requests in sliding windows. What several instances of the server are to hold together they count with one of these.</summary>
internal interface IRateLimiter
{
    /// <summary>Takes permits: as many as are asked for, or those that are left.</summary>
    /// <param name="limit">The limit that holds.</param>
    /// <param name="subject">Whose requests are counted together, such as a workspace's id.</param>
    /// <param name="permits">How many at most; 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<RatePermit> TakeAsync(RateLimit limit, string subject, int permits = 1, CancellationToken cancellationToken = default);
}

/// <summary>At most so many requests in any window of time.</summary>
internal sealed record RateLimit(string Name, int Requests, TimeSpan Window);

/// <summary>What a request is told: how many permits it has, how many are left, and when the oldest one leaves the window.</summary>
internal readonly record struct RatePermit(int Granted, int Remaining, TimeSpan Reset);
