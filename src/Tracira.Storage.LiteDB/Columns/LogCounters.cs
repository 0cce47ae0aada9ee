using System.Runtime.InteropServices;

namespace Tracira.Storage.LiteDB;

/// <summary>How many logs there are per workspace, project, task, status and day. Follows the columns with every change.</summary>
internal sealed class LogCounters
{
    private const long DayMs = 24 * 60 * 60 * 1000;
    private readonly Dictionary<Key, long> _counts = [];

    /// <summary>What is counted together. The day counts from the Unix epoch.</summary>
    public readonly record struct Key(int Workspace, int Project, int Task, LogStatus Status, int Day);

    /// <summary>Counts a row in or out.</summary>
    public void Add(LogColumns columns, int row, byte state, int by)
    {
        if ((state & RowState.Deleted) != 0)
            return;
        int day = (int)Math.Floor((double)columns.Times[row] / DayMs);
        var key = new Key(columns.Workspaces[row], columns.Projects[row], columns.Tasks[row], RowState.StatusOf(state), day);
        Add(key, by);
    }

    /// <summary>Counts with one project what was counted with another.</summary>
    public void MoveProject(int from, int into)
    {
        foreach ((Key key, long count) in _counts.Where(entry => entry.Key.Project == from).ToArray())
        {
            _counts.Remove(key);
            Add(key with { Project = into }, count);
        }
    }

    /// <summary>Every counter of a workspace.</summary>
    public IEnumerable<(Key Key, long Count)> Of(int workspace) =>
        _counts.Where(entry => entry.Key.Workspace == workspace).Select(static entry => (entry.Key, entry.Value));

    private void Add(Key key, long by)
    {
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
        count += by;
        if (count == 0)
            _counts.Remove(key);
    }
}
