namespace Tracira.Server.Live;

/// <summary>A store that tells listeners of what becomes of logs, each time after it is durable.</summary>
internal sealed class LiveStore(ITraciraStore store, LiveFeed feed) : ITraciraStore
{
    public IWorkspaceStore Workspaces => store.Workspaces;

    public IProjectStore Projects => store.Projects;

    public IRuleStore Rules => store.Rules;

    public ILogStore Logs { get; } = new LiveLogStore(store.Logs, feed);

    public IOutboxStore Outbox => store.Outbox;

    public IRecordStore Records => store.Records;

    public IMediaStore Media => store.Media;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
