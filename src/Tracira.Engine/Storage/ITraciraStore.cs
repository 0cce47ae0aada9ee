namespace Tracira;

/// <summary>
/// Everything Tracira keeps. Each call is one whole unit of work: when its task completes, what it did is durable and visible to every
/// later call; when it throws, nothing was done. All members are safe to use from any number of threads.
/// </summary>
public interface ITraciraStore : IAsyncDisposable
{
    /// <summary>Workspaces and their tokens.</summary>
    IWorkspaceStore Workspaces { get; }

    /// <summary>Projects and tasks.</summary>
    IProjectStore Projects { get; }

    /// <summary>Rules.</summary>
    IRuleStore Rules { get; }

    /// <summary>Logs.</summary>
    ILogStore Logs { get; }

    /// <summary>Messages that wait to leave the house.</summary>
    IOutboxStore Outbox { get; }

    /// <summary>Settings, users, keys and the like.</summary>
    IRecordStore Records { get; }

    /// <summary>Files.</summary>
    IMediaStore Media { get; }
}
