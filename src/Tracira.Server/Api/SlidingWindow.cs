namespace Tracira.Server.Api;

/// <summary>Lets at most so many requests through in any window of time, exactly: it remembers the moment of each.</summary>
internal sealed class SlidingWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _taken = new();

    /// <summary>What a request was answered: whether it may go on, how many more may now, and when the oldest one leaves the window.</summary>
    public readonly record struct Permit(bool Granted, int Limit, int Remaining, TimeSpan Reset);

    public Permit Take()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            while (_taken.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= window)
                _taken.Dequeue();
            bool granted = _taken.Count < limit;
            if (granted)
                _taken.Enqueue(now);
            return new Permit(granted, limit, limit - _taken.Count, window - time.GetElapsedTime(_taken.Peek(), now));
        }
    }
}
