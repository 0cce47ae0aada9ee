using System.Collections.Concurrent;

namespace Tracira;

/// <summary>What an <see cref="InMemoryStore"/> holds, behind one lock.</summary>
internal sealed class InMemoryState
{
    private readonly Lock _lock = new();
    private volatile bool _isClosed;

    public List<Workspace> Workspaces { get; } = [];

    public List<(string WorkspaceId, Project Project)> Projects { get; } = [];

    /// <summary>The places that were asked for once, so that asking again finds them without a lock and without allocating.</summary>
    public ConcurrentDictionary<NamedPlace, Placement> Places { get; } = new();

    /// <summary>The projects that were merged, by id, and which ones they were merged into.</summary>
    public Dictionary<string, string> Merged { get; } = [];

    public List<ProjectTask> Tasks { get; } = [];

    public List<(string WorkspaceId, Rule Rule)> Rules { get; } = [];

    /// <summary>The logs, in the order they came.</summary>
    public OrderedDictionary<(string WorkspaceId, string Id), Log> Logs { get; } = [];

    /// <summary>The messages, in the order they came to wait.</summary>
    public List<InMemoryMessage> Messages { get; } = [];

    public event Action? MessagesAdded;

    public Dictionary<(string Kind, string WorkspaceId, string Id), Record> Records { get; } = [];

    public Dictionary<(string WorkspaceId, string Key), (MediaFile File, byte[] Content)> Media { get; } = [];

    /// <summary>Reads or changes the state, alone.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public T Do<T>(Func<T> action)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            return action();
        }
    }

    /// <summary>Removes logs and their messages.</summary>
    /// <returns>The ids of those that were there.</returns>
    public string[] RemoveLogs(string workspaceId, IEnumerable<string> ids)
    {
        string[] removed = [.. ids.Where(id => Logs.Remove((workspaceId, id)))];
        var gone = removed.ToHashSet();
        Messages.RemoveAll(entry => entry.Delivery.Message.WorkspaceId == workspaceId && gone.Contains(entry.Delivery.Message.LogId));
        return removed;
    }

    /// <summary>Adds messages, due at once.</summary>
    public void AddMessages(IEnumerable<OutboxMessage> messages) => Messages.AddRange(messages.Select(static message =>
        new InMemoryMessage(new Delivery(message, DeliveryState.Waiting) { NextAttemptAt = message.CreatedAt })));

    /// <summary>Tells whoever delivers that there may be something to do. Not to be called inside <see cref="Do"/>.</summary>
    public void TellOfMessages() => MessagesAdded?.Invoke();

    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public void ThrowIfClosed()
    {
        if (_isClosed)
            throw new StoreUnavailableException("The store is closed.");
    }

    public void Close()
    {
        lock (_lock)
            _isClosed = true;
    }
}
