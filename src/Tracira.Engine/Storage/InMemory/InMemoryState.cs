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
    public ConcurrentDictionary<InMemoryPlace, Placement> Places { get; } = new();

    /// <summary>The projects that were merged, by id, and which ones they were merged into.</summary>
    public Dictionary<string, string> Merged { get; } = [];

    public List<ProjectTask> Tasks { get; } = [];

    public List<(string WorkspaceId, Rule Rule)> Rules { get; } = [];

    /// <summary>The logs, in the order they came.</summary>
    public OrderedDictionary<(string WorkspaceId, string Id), Log> Logs { get; } = [];

    public List<OutboxMessage> Messages { get; } = [];

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
        Messages.RemoveAll(message => message.WorkspaceId == workspaceId && gone.Contains(message.LogId));
        return removed;
    }

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
