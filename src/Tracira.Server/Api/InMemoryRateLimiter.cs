using System.Collections.Concurrent;

namespace Tracira.Server.Api;

/// <summary>Counts the requests of this instance alone, exactly: it remembers the moment of each.</summary>
internal sealed class InMemoryRateLimiter(TimeProvider time) : IRateLimiter
{
    private readonly ConcurrentDictionary<(string Limit, string Subject), Queue<long>> _taken = new();

    public ValueTask<RatePermit> TakeAsync(RateLimit limit, string subject, int permits = 1, CancellationToken cancellationToken = default)
    {
        Queue<long> taken = _taken.GetOrAdd((limit.Name, subject), static _ => new Queue<long>());
        lock (taken)
        {
            long now = time.GetTimestamp();
            while (taken.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= limit.Window)
                taken.Dequeue();
            int granted = Math.Min(permits, limit.Requests - taken.Count);
            for (int i = 0; i < granted; i++)
                taken.Enqueue(now);
            TimeSpan reset = taken.TryPeek(out long first) ? limit.Window - time.GetElapsedTime(first, now) : TimeSpan.Zero;
            return ValueTask.FromResult(new RatePermit(granted, limit.Requests - taken.Count, reset));
        }
    }
}
