namespace Tracira.Storage.LiteDB;

/// <summary>The messages of one lane that can be given out, by when they are due. Guarded by the lock of <see cref="WaitingMessages"/>.</summary>
internal sealed class WaitingLane(string name)
{
    private readonly PriorityQueue<(WaitingMessage Message, long Due), (long Due, long Number)> _queue = new();

    public string Name { get; } = name;

    /// <summary>How many messages wait, those included that cannot be given out yet.</summary>
    public int Count { get; set; }

    /// <summary>When the first is due, in milliseconds since 1970; null where none can be given out.</summary>
    public long? Due { get; private set; }

    /// <summary>Lanes by when their first message is due.</summary>
    public static Comparer<WaitingLane> ByDue { get; } = Comparer<WaitingLane>.Create(static (left, right) =>
        Nullable.Compare(left.Due, right.Due) is not 0 and var order ? order : string.CompareOrdinal(left.Name, right.Name));

    public void Enqueue(WaitingMessage message)
    {
        _queue.Enqueue((message, message.Due), (message.Due, message.Number));
        Settle();
    }

    /// <summary>The first message, taken out of the queue.</summary>
    public WaitingMessage Dequeue()
    {
        WaitingMessage message = _queue.Dequeue().Message;
        Settle();
        return message;
    }

    /// <summary>Passes over what was overtaken by events: a queue has no way to take something out of its middle.</summary>
    public void Settle()
    {
        while (_queue.TryPeek(out (WaitingMessage Message, long Due) first, out _)
            && (first.Message.IsGone || first.Message.LeasedUntil > 0 || first.Due != first.Message.Due))
        {
            _queue.Dequeue();
        }

        Due = _queue.TryPeek(out (WaitingMessage Message, long Due) next, out _) ? next.Due : null;
    }
}
