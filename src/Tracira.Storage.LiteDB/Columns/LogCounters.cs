using System.Runtime.InteropServices;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// How many logs there are per workspace, project, task, state and day, what rules flagged them, and what the logs of each model add up to.
/// Follows the columns with every change.
/// </summary>
internal sealed class LogCounters
{
    private readonly Dictionary<Key, long> _counts = [];

    /// <summary>What is counted together.</summary>
    public readonly record struct Key(CountedPlace Place, int Task, byte State);

    /// <summary>How many flagged logs each rule flagged, by the rule's number and by what was decided.</summary>
    public DayCounters<DecisionCounts> Rules { get; } = new(RuleCounter.MaxRules, static (ref tally, in other) => tally.Add(other));

    /// <summary>What the logs of each model add up to, by the model's number.</summary>
    public DayCounters<ModelTally> Models { get; } = new(ModelCounter.MaxModels, static (ref tally, in other) => tally.Add(other));

    /// <summary>Counts a row in or out.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="row">The row.</param>
    /// <param name="state">Its state, which may be another than the columns have.</param>
    /// <param name="rules">The rules that flagged it in that state.</param>
    /// <param name="by">1 or -1.</param>
    public void Add(LogColumns columns, int row, byte state, ReadOnlySpan<int> rules, int by)
    {
        if ((state & RowState.Deleted) != 0)
            return;
        var place = CountedPlace.Of(columns, row);
        Add(new Key(place, columns.Tasks[row], state), by);
        Models.Count(place, columns.Models[row], by).Count(Sortable.ToNumber(columns.Latencies[row]), Sortable.ToNumber(columns.Costs[row]), by);
        AddRules(place, state, rules, by);
    }

    /// <summary>Counts in the rules that flagged a row that is counted already.</summary>
    public void AddRules(CountedPlace place, byte state, ReadOnlySpan<int> rules, int by)
    {
        foreach (int rule in rules)
            Rules.Count(place, rule, by)[RowState.DecisionOf(state)] += by;
    }

    /// <summary>Counts with one project what was counted with another.</summary>
    public void MoveProject(int from, int into)
    {
        foreach ((Key key, long count) in _counts.Where(entry => entry.Key.Place.Project == from).ToArray())
        {
            _counts.Remove(key);
            Add(key with { Place = key.Place with { Project = into } }, count);
        }

        Rules.MoveProject(from, into);
        Models.MoveProject(from, into);
    }

    /// <summary>How many logs of a workspace there are.</summary>
    public IEnumerable<(Key Key, long Count)> Of(int workspace) =>
        _counts.Where(entry => entry.Key.Place.Workspace == workspace).Select(static entry => (entry.Key, entry.Value));

    private void Add(Key key, long by)
    {
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _);
        count += by;
        if (count == 0)
            _counts.Remove(key);
    }
}
