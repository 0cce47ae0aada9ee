using System.Threading.Channels;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Removes from disk, bit by bit between other writes, what is gone for everybody already. What it has not come to when the store closes
/// goes on at the next opening.
/// </summary>
internal sealed class Cleaner : IDisposable
{
    private readonly Channel<Step> _waiting = Channel.CreateUnbounded<Step>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<WriteCommand<bool>, Task> _write;
    private readonly TimeSpan _pause;
    private readonly Task _cleaning;

    /// <summary>On the writer's thread: removes some more of one thing.</summary>
    /// <returns>False where all of it is gone now.</returns>
    public delegate bool Step(LiteEngine engine);

    /// <param name="write">Makes a change durable.</param>
    /// <param name="pause">How long to leave the disk to others before each step.</param>
    public Cleaner(Func<WriteCommand<bool>, Task> write, TimeSpan pause)
    {
        _write = write;
        _pause = pause;
        _cleaning = Task.Run(CleanAsync);
    }

    /// <summary>Has something removed.</summary>
    public void Add(Step step) => _waiting.Writer.TryWrite(step);

    /// <summary>Stops behind the step that is under way.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _cleaning.GetAwaiter().GetResult();
        _closing.Dispose();
    }

    private async Task CleanAsync()
    {
        try
        {
            await foreach (Step step in _waiting.Reader.ReadAllAsync(_closing.Token).ConfigureAwait(false))
            {
                for (bool isMore = true; isMore;)
                {
                    await Task.Delay(_pause, _closing.Token).ConfigureAwait(false);
                    await _write(new TableCommand<bool>(
                        nameof(Cleaner),
                        engine =>
                        {
                            isMore = step(engine);
                            return (true, true);
                        },
                        static () => { })).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or StoreUnavailableException)
        {
            // The store is closing, or nothing can be written any more.
        }
    }
}
