using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// One change on its way to disk. The writer decides it, writes it inside a transaction, and, once that is durable, shows it to readers
/// and tells the caller.
/// </summary>
internal abstract class WriteCommand
{
    /// <summary>What the change is about. Two changes of the same thing are never in one group: the second must see the first.</summary>
    public abstract object Subject { get; }

    /// <summary>Writes the change into the open transaction.</summary>
    /// <returns>False where there turned out to be nothing to change.</returns>
    public abstract bool Write(LiteEngine engine);

    /// <summary>Makes the change, which is durable now, visible to readers.</summary>
    public abstract void Publish();

    /// <summary>Tells the caller that it is done.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing was changed.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A change that answers its caller with a value.</summary>
internal abstract class WriteCommand<T> : WriteCommand
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the change is durable and visible.</summary>
    public Task<T> Done => _done.Task;

    /// <summary>What to answer.</summary>
    protected T? Answer { get; set; }

    public override void Succeed() => _done.TrySetResult(Answer!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A small change of something that is seldom changed.</summary>
internal sealed class TableCommand<T>(string table, Func<LiteEngine, (bool Changes, T Answer)> write, Action publish) : WriteCommand<T>
{
    public override object Subject => table;

    public override bool Write(LiteEngine engine)
    {
        (bool changes, Answer) = write(engine);
        return changes;
    }

    public override void Publish() => publish();
}
