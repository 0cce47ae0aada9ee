using System.Collections.Concurrent;
using Tracira.Server.Api;
using Tracira.Server.Auth;

namespace Tracira.Server.Live;

/// <summary>
/// Who listens to which workspace, and what they are told. Within this process: where several nodes share a store, a page hears of what its
/// own node does, and of the rest when it asks. Safe to use from any number of threads; telling waits for nobody.
/// </summary>
internal sealed class LiveFeed
{
    private readonly ConcurrentDictionary<string, LiveListener> _listeners = new();

    /// <summary>Whether there is anybody to tell: nothing needs to be written down for nobody.</summary>
    public bool HasListeners(string workspaceId) => !_listeners.IsEmpty && In(workspaceId).Any();

    public LiveListener Join(Caller caller)
    {
        var listener = new LiveListener(caller);
        _listeners[listener.Id] = listener;
        listener.Tell(LiveEvent.Of("hello", new LiveHello(listener.Id), ApiJson.Wire.LiveHello));
        listener.Tell(ViewersOf(listener.WorkspaceId));
        return listener;
    }

    public void Leave(LiveListener listener)
    {
        _listeners.TryRemove(listener.Id, out _);
        if (listener.LogId is not null)
            Tell(listener.WorkspaceId, ViewersOf(listener.WorkspaceId));
    }

    /// <summary>Notes what a page looks at, and tells the others.</summary>
    /// <returns>False where the caller has no such page.</returns>
    public bool Focus(Caller caller, string listenerId, string? logId)
    {
        if (!_listeners.TryGetValue(listenerId, out LiveListener? listener) || listener.WorkspaceId != caller.Workspace.Id || listener.Caller.Id != caller.Id)
            return false;
        if (listener.LogId == logId)
            return true;
        listener.LogId = logId;
        Tell(caller.Workspace.Id, ViewersOf(caller.Workspace.Id));
        return true;
    }

    public void Tell(string workspaceId, LiveEvent happened)
    {
        foreach (LiveListener listener in In(workspaceId))
            listener.Tell(happened);
    }

    /// <summary>Ends every connection of a person, whose sessions or rights have changed; those that still may come back by themselves.</summary>
    public void End(string userId)
    {
        foreach ((_, LiveListener listener) in _listeners)
        {
            if (listener.Caller is { Kind: CallerKind.User } caller && caller.Id == userId)
                listener.End();
        }
    }

    /// <summary>Who looks at what in a workspace.</summary>
    public LiveEvent ViewersOf(string workspaceId)
    {
        IReadOnlyList<LiveViewer> viewers =
        [
            .. In(workspaceId)
                .Where(static listener => listener.LogId is not null)
                .Select(static listener => new LiveViewer(listener.Caller.Id, listener.Caller.Name, listener.LogId!))
                .Distinct(),
        ];
        return LiveEvent.Of("viewers", viewers, ApiJson.Wire.IReadOnlyListLiveViewer);
    }

    private IEnumerable<LiveListener> In(string workspaceId) =>
        _listeners.Select(static pair => pair.Value).Where(listener => listener.WorkspaceId == workspaceId);
}
