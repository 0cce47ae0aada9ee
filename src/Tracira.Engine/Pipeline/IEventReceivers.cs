namespace Tracira;

/// <summary>Knows who outside wants to hear of a workspace's logs, besides the callback URL that a log may bring along.</summary>
public interface IEventReceivers
{
    /// <summary>The addresses that want to hear of an event of a log; each gets a message of its own.</summary>
    /// <remarks>
    /// Called in the middle of a write, once for every log: it must answer from memory, must not throw, and must not call the store.
    /// Safe to call from any number of threads.
    /// </remarks>
    /// <param name="log">The log as it is after the event.</param>
    /// <param name="eventName"><c>log.evaluated</c> or <c>log.decided</c>.</param>
    IReadOnlyList<string> Find(Log log, string eventName);

    /// <summary>
    /// The addresses that want to hear that a log that had ended in error has its verdict after all: those that want to hear of the
    /// verdict, unless somebody who was told of the error has to know too. The same is asked of it as of <see cref="Find"/>.
    /// </summary>
    /// <param name="before">The log as it was.</param>
    /// <param name="after">The log with its verdict.</param>
    IReadOnlyList<string> FindLate(Log before, Log after) => Find(after, "log.evaluated");
}
