using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// One change on its way to disk. The writer decides it, writes it inside a transaction, and, once that is durable, shows it to readers
/// and tells the caller.
/// </summary>
internal abstract class WriteCommand
{
    /// <summary>Whether the change is about so much that it must be in a group of its own.</summary>
    public virtual bool IsAlone => false;

    /// <summary>
    /// Claims what the change is about. Two changes of the same thing are never in one group: the second must see the first.
    /// </summary>
    /// <param name="claimed">What the group is about so far.</param>
    /// <returns>False, and nothing is claimed, where the group changes some of it already.</returns>
    public abstract bool Claim(HashSet<object> claimed);

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

    /// <summary>Why the change cannot be made, for the caller to be told, where <see cref="WriteCommand.Write"/> found that out.</summary>
    protected Exception? Refusal { get; set; }

    public override void Succeed()
    {
        if (Refusal is null)
            _done.TrySetResult(Answer!);
        else
            _done.TrySetException(Refusal);
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A small change of something that is seldom changed.</summary>
internal sealed class TableCommand<T>(string table, Func<LiteEngine, (bool Changes, T Answer)> write, Action publish) : WriteCommand<T>
{
    public override bool Claim(HashSet<object> claimed) => claimed.Add(table);

    public override bool Write(LiteEngine engine)
    {
        (bool changes, Answer) = write(engine);
        return changes;
    }

    public override void Publish() => publish();
}
