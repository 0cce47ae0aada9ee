namespace Tracira;

/// <summary>What an <see cref="InMemoryStore"/> holds, behind one lock.</summary>
internal sealed class InMemoryState
{
    private readonly Lock _lock = new();
    private volatile bool _isClosed;

    public List<Workspace> Workspaces { get; } = [];

    public List<(string WorkspaceId, Project Project)> Projects { get; } = [];

    public List<(string ProjectId, string Name)> Tasks { get; } = [];

    public List<(string WorkspaceId, Rule Rule)> Rules { get; } = [];

    /// <summary>The logs, in the order they came.</summary>
    public OrderedDictionary<(string WorkspaceId, string Id), Log> Logs { get; } = [];

    public List<OutboxMessage> Messages { get; } = [];

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
