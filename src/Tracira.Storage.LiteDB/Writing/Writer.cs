using System.Threading.Channels;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// The one thread that writes. It commits as one transaction whatever has gathered while the transaction before was being synced: no
/// timer, and the busier it gets the larger the groups. A transaction of LiteDB belongs to the thread that began it.
/// </summary>
/// <remarks>
/// A caller that finds nobody else about writes its one change itself, which spares it being handed to the thread and back (measured,
/// one by one: 1.09 times as many changes a second).
/// </remarks>
internal sealed class Writer : IDisposable
{
    private const int MaxGroup = 512; // in things that are changed
    private const int MaxWaiting = 8192;
    private const int Spins = 50;

    private readonly LiteEngine _engine;
    private readonly ReaderWriterLockSlim _publishing;
    private readonly Action _commit;
    private readonly Action<LiteEngine> _whenPublished;
    private readonly Task _ready;
    private readonly Channel<WriteCommand> _waiting = Channel.CreateBounded<WriteCommand>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly object _turn = new();
    private readonly Thread _thread;
    private volatile Exception? _failure;
    private volatile bool _isQuiet; // the last group was of one change: callers come one at a time
    private bool _isClosed;

    /// <param name="engine">The database.</param>
    /// <param name="publishing">Held for writing while changes are made visible.</param>
    /// <param name="commit">Commits the open transaction and returns when it is on disk.</param>
    /// <param name="whenPublished">Called on the writer's thread behind each group that was published.</param>
    /// <param name="ready">Completes when changes can be written; where it fails, each of them does.</param>
    public Writer(LiteEngine engine, ReaderWriterLockSlim publishing, Action commit, Action<LiteEngine> whenPublished, Task ready)
    {
        _engine = engine;
        _publishing = publishing;
        _commit = commit;
        _whenPublished = whenPublished;
        _ready = ready;
        _thread = new Thread(Run) { IsBackground = true, Name = "Tracira writer" };
        _thread.Start();
    }

    /// <summary>Whether a write has failed, so that the engine is in no state to be asked for anything.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Queues a change and waits until it is durable and visible.</summary>
    /// <exception cref="StoreUnavailableException">The store is closing or has failed; nothing was changed.</exception>
    public async ValueTask<T> RunAsync<T>(WriteCommand<T> command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isQuiet && TryRunHere(command))
            return await command.Done.ConfigureAwait(false);
        try
        {
            if (!_waiting.Writer.TryWrite(command))
                await _waiting.Writer.WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Unavailable();
        }

        return await command.Done.ConfigureAwait(false);
    }

    /// <summary>Takes no more changes, and returns when those that were taken are durable.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _thread.Join();
        lock (_turn)
            _isClosed = true;
    }

    private bool TryRunHere(WriteCommand command)
    {
        if (_waiting.Reader.TryPeek(out _) || !Monitor.TryEnter(_turn))
            return false;
        try
        {
            if (_isClosed || _failure is not null)
                return false;
            Commit([command]);
            return true;
        }
        finally
        {
            Monitor.Exit(_turn);
        }
    }

    private void Run()
    {
        WaitUntilReady();
        List<WriteCommand> group = [];
        WriteCommand? held = null;
        while (held is not null || WaitToRead())
        {
            held = Gather(group, held);
            _isQuiet = group.Count == 1 && held is null;
            lock (_turn)
                Commit(group);
            group.Clear();
        }
    }

    private void WaitUntilReady()
    {
        try
        {
            _ready.GetAwaiter().GetResult();
        }
        catch (StoreUnavailableException exception)
        {
            _failure = exception;
        }
    }

    private bool WaitToRead()
    {
        // A caller that waits for each log before it sends the next is back within microseconds; falling asleep in between would double
        // its wait.
        var spin = default(SpinWait);
        for (int i = 0; i < Spins; i++)
        {
            if (_waiting.Reader.TryPeek(out _))
                return true;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        ValueTask<bool> ready = _waiting.Reader.WaitToReadAsync();
        return ready.IsCompletedSuccessfully ? ready.Result : ready.AsTask().GetAwaiter().GetResult();
    }

    // Takes what is waiting, up to a change of something that the group changes already; that one is held for the next group.
    private WriteCommand? Gather(List<WriteCommand> group, WriteCommand? held)
    {
        var claimed = new HashSet<object>();
        while (claimed.Count < MaxGroup && (held is not null || _waiting.Reader.TryRead(out held)))
        {
            if (held.IsAlone ? group.Count > 0 : !held.Claim(claimed))
                return held;
            group.Add(held);
            if (held.IsAlone)
                return null;
            held = null;
        }

        return held;
    }

    private void Commit(List<WriteCommand> group)
    {
        if (_failure is not null)
        {
            group.ForEach(command => command.Fail(Unavailable()));
            return;
        }

        List<WriteCommand> written = new(group.Count);
        try
        {
            _engine.BeginTrans();
            foreach (WriteCommand command in group)
            {
                if (command.Write(_engine))
                    written.Add(command);
            }

            if (written.Count > 0)
                _commit();
            else
                _engine.Rollback();
            Publish(written);
            _whenPublished(_engine);
        }
        catch (Exception exception)
        {
            // What state the files are in is not known now, so nothing more is written to them; opening them again recovers what was committed.
            _failure = exception;
            _waiting.Writer.TryComplete();
            group.ForEach(command => command.Fail(Unavailable()));
            return;
        }

        group.ForEach(static command => command.Succeed());
    }

    private void Publish(List<WriteCommand> written)
    {
        if (written.Count == 0)
            return;
        _publishing.EnterWriteLock();
        try
        {
            written.ForEach(static command => command.Publish());
        }
        finally
        {
            _publishing.ExitWriteLock();
        }
    }

    private StoreUnavailableException Unavailable() => _failure is { } failure
        ? new StoreUnavailableException($"The database cannot be written: {failure.Message} Mend that and start again; nothing acknowledged is lost.", failure)
        : new StoreUnavailableException("The store is closed.");
}
