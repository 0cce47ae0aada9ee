namespace Tracira.Storage.PostgreSql;

/// <summary>A change of logs that waits to be part of a transaction. No two of one transaction are about the same log.</summary>
internal abstract class WriteCommand(int workspace, IReadOnlyCollection<string> ids)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of the workspace.</summary>
    public int Workspace => workspace;

    /// <summary>How many logs it is about.</summary>
    public int Count => ids.Count;

    /// <summary>Why it cannot be done, where that has turned out: it is left out of the transaction.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Completes when the change is durable.</summary>
    public Task Done => _done.Task;

    /// <summary>Adds the logs it is about, unless one of them is claimed already.</summary>
    public bool Claim(HashSet<(int Workspace, string Id)> claimed)
    {
        if (ids.Any(id => claimed.Contains((workspace, id))))
            return false;
        foreach (string id in ids)
            claimed.Add((workspace, id));
        return true;
    }

    /// <summary>Tells the caller that it is done, or refused.</summary>
    public void Succeed()
    {
        if (Refusal is { } refusal)
            _done.TrySetException(refusal);
        else
            _done.TrySetResult();
    }

    /// <summary>Tells the caller that nothing was done.</summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>Adds logs.</summary>
internal sealed class AppendCommand(int workspace, AppendCommand.Item[] items) : WriteCommand(workspace, [.. items.Select(static item => item.Write.Log.Id)])
{
    /// <summary>A log with its messages, and what is kept of it.</summary>
    public readonly record struct Item(LogWrite Write, byte[] Body);

    public Item[] Items => items;

    /// <summary>For each log null where it was added, else the one that holds its id.</summary>
    public Log?[] Answers { get; } = new Log?[items.Length];
}

/// <summary>Changes logs as their caller says once it sees them.</summary>
internal sealed class ChangeCommand(int workspace, IReadOnlyList<string> ids, Func<Log, LogWrite?> change) : WriteCommand(workspace, ids)
{
    public IReadOnlyList<string> Ids => ids;

    public Func<Log, LogWrite?> Change => change;

    /// <summary>What became of each log.</summary>
    public LogChange[] Answers { get; set; } = [];
}

/// <summary>Removes logs.</summary>
internal sealed class DeleteCommand(int workspace, IReadOnlyList<string> ids) : WriteCommand(workspace, ids)
{
    public IReadOnlyList<string> Ids => ids;

    /// <summary>The ids of those that were there.</summary>
    public IReadOnlyList<string> Answer { get; set; } = [];
}
