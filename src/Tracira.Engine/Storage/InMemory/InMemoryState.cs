namespace Tracira;

/// <summary>What an <see cref="InMemoryStore"/> holds, behind one lock.</summary>
internal sealed class InMemoryState
{
    private readonly Lock _lock = new();
    private bool _isClosed;

    public List<Workspace> Workspaces { get; } = [];

    public List<(string WorkspaceId, Project Project)> Projects { get; } = [];

    public List<(string ProjectId, string Name)> Tasks { get; } = [];

    public List<(string WorkspaceId, Rule Rule)> Rules { get; } = [];

    public List<Log> Logs { get; } = [];

    public List<OutboxMessage> Messages { get; } = [];

    /// <summary>Reads or changes the state, alone.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public T Do<T>(Func<T> action)
    {
        lock (_lock)
            return _isClosed ? throw new StoreUnavailableException("The store is closed.") : action();
    }

    public void Close()
    {
        lock (_lock)
            _isClosed = true;
    }
}
