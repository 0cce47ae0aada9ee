namespace Tracira.Storage.LiteDB;

/// <summary>What is held in memory of a message that waits. Guarded by the lock of <see cref="WaitingMessages"/>.</summary>
/// <param name="key">The id of its document.</param>
/// <param name="number">Its place in the order in which messages came to wait.</param>
/// <param name="row">The row of its log.</param>
/// <param name="url">The receiver; only a hash of it is held.</param>
/// <param name="lane">What it shares with others.</param>
internal sealed class WaitingMessage(string key, long number, int row, string url, WaitingLane lane)
{
    // Two receivers of one log whose addresses have the same hash wait for each other, which does no harm.
    private readonly int _receiver = string.GetHashCode(url, StringComparison.Ordinal);

    public string Key { get; } = key;

    public long Number { get; } = number;

    public int Row { get; } = row;

    public WaitingLane Lane { get; } = lane;

    /// <summary>When the next attempt is due, in milliseconds since 1970.</summary>
    public long Due { get; set; }

    /// <summary>The end of the lease, in milliseconds since 1970; 0 where it is nobody's.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>Whether another message of the log has to reach the same receiver first.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Whether it does not wait any more; it may still be in the lane's queue then.</summary>
    public bool IsGone { get; set; }

    /// <summary>The next message of the same log.</summary>
    public WaitingMessage? NextOfRow { get; set; }

    public bool HasReceiverOf(WaitingMessage other) => _receiver == other._receiver;
}
