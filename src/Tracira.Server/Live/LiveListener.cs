using System.Threading.Channels;
using Tracira.Server.Auth;

namespace Tracira.Server.Live;

/// <summary>Somebody who listens to a workspace: one open page. What it has not taken yet is bounded; beyond that it is told that it missed something.</summary>
internal sealed class LiveListener(Caller caller)
{
    private const int Capacity = 256;

    private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _missed;

    /// <summary>A secret between the server and this page.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string WorkspaceId => Caller.Workspace.Id;

    public Caller Caller { get; } = caller;

    /// <summary>The log that is being looked at; null for none.</summary>
    public string? LogId { get; set; }

    public ChannelReader<LiveEvent> Events => _events.Reader;

    /// <summary>Whether something was missed since the last call.</summary>
    public bool TakeMissed() => Interlocked.Exchange(ref _missed, 0) == 1;

    public void Tell(LiveEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
            _missed = 1;
    }

    /// <summary>Ends the page's connection; a browser that may comes back by itself.</summary>
    public void End() => _events.Writer.TryComplete();
}
