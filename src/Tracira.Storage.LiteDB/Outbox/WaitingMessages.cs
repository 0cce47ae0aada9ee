using System.Runtime.InteropServices;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Which messages wait, and who is next. Held in memory: a message is due or leased a thousand times more often than it is written, and
/// what was leased when the process died is nobody's when it starts again. What is delivered or dead is not held here, however much of it
/// there is.
/// </summary>
internal sealed class WaitingMessages
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WaitingMessage> _messages = [];
    private readonly Dictionary<int, WaitingMessage> _firstOfRow = [];
    private readonly Dictionary<string, WaitingLane> _lanes = [];
    private readonly SortedSet<WaitingLane> _due = new(WaitingLane.ByDue);
    private readonly HashSet<WaitingMessage> _leased = [];
    private long _nextLapse = long.MaxValue;

    public int Count
    {
        get
        {
            lock (_lock)
                return _messages.Count;
        }
    }

    /// <summary>The keys of the messages, oldest first.</summary>
    public string[] Keys()
    {
        lock (_lock)
            return [.. _messages.Values.OrderBy(static message => message.Number).Select(static message => message.Key)];
    }

    /// <summary>Adds a message.</summary>
    public void Add(string key, long number, int row, string url, string lane, long due)
    {
        lock (_lock)
        {
            ref WaitingLane? found = ref CollectionsMarshal.GetValueRefOrAddDefault(_lanes, lane, out _);
            found ??= new WaitingLane(lane);
            var message = new WaitingMessage(key, number, row, url, found) { Due = due };
            _messages.Add(key, message);
            found.Count++;
            Append(message);
            if (!message.IsBehind)
                Enqueue(message);
        }
    }

    /// <summary>Takes note of a failed attempt: the lease ends, and the next attempt is due later.</summary>
    public void Postpone(string key, long due)
    {
        lock (_lock)
        {
            if (!_messages.TryGetValue(key, out WaitingMessage? message))
                return;
            Release(message);
            message.Due = due;
            if (!message.IsBehind)
                Enqueue(message);
        }
    }

    /// <summary>Lets a message be due at once, unless it is leased.</summary>
    public void Hurry(string key, long now)
    {
        lock (_lock)
        {
            if (!_messages.TryGetValue(key, out WaitingMessage? message) || message.LeasedUntil > 0)
                return;
            message.Due = now;
            if (!message.IsBehind)
                Enqueue(message);
        }
    }

    /// <summary>Takes out a message that does not wait any more; the next of the log for the same receiver has its turn.</summary>
    public void Remove(string key)
    {
        lock (_lock)
        {
            if (!_messages.Remove(key, out WaitingMessage? message))
                return;
            Release(message);
            message.IsGone = true;
            if (Unlink(message) is { } next)
            {
                next.IsBehind = false;
                Enqueue(next);
            }

            Change(message.Lane, static lane => lane.Settle());
            if (--message.Lane.Count == 0)
                _lanes.Remove(message.Lane.Name);
        }
    }

    /// <summary>Leases what is due.</summary>
    /// <returns>The keys of the messages, those that are longest due first, and when there is more to be had.</returns>
    public (IReadOnlyList<string> Keys, long? NextDue) Claim(OutboxClaim claim)
    {
        long now = claim.Now.ToUnixTimeMilliseconds();
        long until = Math.Max(claim.Until.ToUnixTimeMilliseconds(), 1);
        lock (_lock)
        {
            ReleaseLapsed(now);
            List<WaitingMessage> given = [];
            foreach (WaitingLane lane in _due.TakeWhile(lane => lane.Due <= now).Where(lane => claim.LimitOf(lane.Name) > 0).ToArray())
            {
                if (given.Count == claim.Limit)
                    break;
                Change(lane, lane =>
                {
                    for (int left = Math.Min(claim.LimitOf(lane.Name), claim.Limit - given.Count); left > 0 && lane.Due <= now; left--)
                        given.Add(Lease(lane.Dequeue(), until));
                });
            }

            long? next = _due.FirstOrDefault(lane => claim.LimitOf(lane.Name) > 0)?.Due;
            if (_nextLapse < (next ?? long.MaxValue))
                next = _nextLapse;
            return ([.. given.OrderBy(static message => message.Due).ThenBy(static message => message.Number).Select(static message => message.Key)], next);
        }
    }

    private WaitingMessage Lease(WaitingMessage message, long until)
    {
        message.LeasedUntil = until;
        _leased.Add(message);
        _nextLapse = Math.Min(_nextLapse, until);
        return message;
    }

    private void Release(WaitingMessage message)
    {
        message.LeasedUntil = 0;
        if (_leased.Remove(message) && _leased.Count == 0)
            _nextLapse = long.MaxValue;
    }

    private void ReleaseLapsed(long now)
    {
        if (now < _nextLapse)
            return;
        foreach (WaitingMessage message in _leased.Where(message => message.LeasedUntil <= now).ToArray())
        {
            Release(message);
            Enqueue(message);
        }

        _nextLapse = _leased.Count == 0 ? long.MaxValue : _leased.Min(static message => message.LeasedUntil);
    }

    private void Enqueue(WaitingMessage message) => Change(message.Lane, lane => lane.Enqueue(message));

    // A lane must not change while it is in the order of the lanes.
    private void Change(WaitingLane lane, Action<WaitingLane> change)
    {
        _due.Remove(lane);
        change(lane);
        if (lane.Due is not null)
            _due.Add(lane);
    }

    private void Append(WaitingMessage message)
    {
        ref WaitingMessage? first = ref CollectionsMarshal.GetValueRefOrAddDefault(_firstOfRow, message.Row, out _);
        if (first is null)
        {
            first = message;
            return;
        }

        WaitingMessage last = first;
        message.IsBehind = first.HasReceiverOf(message);
        while (last.NextOfRow is { } next)
        {
            last = next;
            message.IsBehind |= next.HasReceiverOf(message);
        }

        last.NextOfRow = message;
    }

    // What was first for its receiver leaves its place to the one behind it, if there is one.
    private WaitingMessage? Unlink(WaitingMessage message)
    {
        WaitingMessage first = _firstOfRow[message.Row];
        if (first == message)
        {
            if (message.NextOfRow is { } second)
                _firstOfRow[message.Row] = second;
            else
                _firstOfRow.Remove(message.Row);
        }
        else
        {
            while (first.NextOfRow != message)
                first = first.NextOfRow!;
            first.NextOfRow = message.NextOfRow;
        }

        if (message.IsBehind)
            return null;
        WaitingMessage? next = message.NextOfRow;
        while (next is not null && !next.HasReceiverOf(message))
            next = next.NextOfRow;
        return next;
    }
}
