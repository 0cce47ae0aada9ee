namespace Tracira;

/// <summary>Keeps the messages that wait to be delivered. They are added with the log that gives rise to them, never alone.</summary>
public interface IOutboxStore
{
    /// <summary>The waiting messages, oldest first.</summary>
    IAsyncEnumerable<OutboxMessage> ReadAsync(CancellationToken cancellationToken = default);
}
