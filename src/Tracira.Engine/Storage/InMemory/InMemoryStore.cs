namespace Tracira;

/// <summary>
/// Keeps everything in memory, gone with the process: for tests, and for gates that need no history. Simple on purpose: it is also the
/// model that the other stores are compared with.
/// </summary>
public sealed class InMemoryStore : ITraciraStore
{
    private readonly InMemoryState _state = new();

    /// <summary>Creates an empty store.</summary>
    public InMemoryStore()
    {
        Workspaces = new InMemoryWorkspaceStore(_state);
        Projects = new InMemoryProjectStore(_state);
        Rules = new InMemoryRuleStore(_state);
        Logs = new InMemoryLogStore(_state);
        Outbox = new InMemoryOutboxStore(_state);
        Records = new InMemoryRecordStore(_state);
        Media = new InMemoryMediaStore(_state);
    }

    /// <inheritdoc/>
    public IWorkspaceStore Workspaces { get; }

    /// <inheritdoc/>
    public IProjectStore Projects { get; }

    /// <inheritdoc/>
    public IRuleStore Rules { get; }

    /// <inheritdoc/>
    public ILogStore Logs { get; }

    /// <inheritdoc/>
    public IOutboxStore Outbox { get; }

    /// <inheritdoc/>
    public IRecordStore Records { get; }

    /// <inheritdoc/>
    public IMediaStore Media { get; }

    /// <summary>Closes the store; what it held is gone.</summary>
    public ValueTask DisposeAsync()
    {
        _state.Close();
        return ValueTask.CompletedTask;
    }
}
