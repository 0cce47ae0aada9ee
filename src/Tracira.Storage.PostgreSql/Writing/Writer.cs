using System.Threading.Channels;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Commits as one transaction whatever has gathered while the transaction before was on its way: no timer, and the busier it gets the larger
/// the groups. Nothing is acknowledged before it is committed.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int MaxGroup = 512; // in logs
    private const int MaxWaiting = 8192;

    private readonly Channel<WriteCommand> _waiting = Channel.CreateBounded<WriteCommand>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Func<IReadOnlyList<WriteCommand>, ValueTask> _commit;
    private readonly Task _running;

    /// <param name="commit">Commits a group, and says with each command what became of it.</param>
    public Writer(Func<IReadOnlyList<WriteCommand>, ValueTask> commit)
    {
        _commit = commit;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Queues a change and waits until it is durable and visible.</summary>
    /// <exception cref="StoreUnavailableException">The store is closing or has failed; nothing was changed.</exception>
    public async ValueTask RunAsync(WriteCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!_waiting.Writer.TryWrite(command))
                await _waiting.Writer.WriteAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new StoreUnavailableException("The store is closed.");
        }

        await command.Done.ConfigureAwait(false);
    }

    /// <summary>Takes no more changes, and returns when those that were taken are durable.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        WriteCommand? held = null;
        while (held is not null || await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            List<WriteCommand> group = [];
            held = Gather(group, held);
            await CommitAsync(group).ConfigureAwait(false);
        }
    }

    // Takes what is waiting, up to a change of a log that the group changes already; that one is held for the next group.
    private WriteCommand? Gather(List<WriteCommand> group, WriteCommand? held)
    {
        var claimed = new HashSet<(int, string)>();
        while (claimed.Count < MaxGroup && (held is not null || _waiting.Reader.TryRead(out held)))
        {
            if (!held.Claim(claimed))
                return held;
            group.Add(held);
            held = null;
        }

        return held;
    }

    private async Task CommitAsync(List<WriteCommand> group)
    {
        try
        {
            await _commit(group).ConfigureAwait(false);
            group.ForEach(static command => command.Succeed());
        }
        catch (Exception exception) when (group.Count > 1 && Database.IsRefusal(exception))
        {
            // One of them is at fault; the others must not pay for it.
            foreach (WriteCommand command in group)
                await CommitAsync([command]).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            group.ForEach(command => command.Fail(exception));
        }
    }
}
