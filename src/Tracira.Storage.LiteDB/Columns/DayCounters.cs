using System.Runtime.InteropServices;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Tallies per workspace, project, day and some item, of which there may be any number: a project's day keeps one for each of the first so
/// many items, and one for all others. Which of the two an item is counted with does not change while anything is counted on that day, so
/// that what was counted in can be counted out.
/// </summary>
/// <param name="maxItems">How many items are told apart in a project and day.</param>
/// <param name="add">Adds one tally to another.</param>
internal sealed class DayCounters<T>(int maxItems, DayCounters<T>.Adding add)
    where T : struct
{
    /// <summary>Stands for all items that are not told apart.</summary>
    public const int Others = -1;

    private readonly Dictionary<CountedPlace, Day> _days = [];

    /// <summary>Adds one tally to another.</summary>
    public delegate void Adding(ref T tally, in T other);

    /// <summary>Counts an item in or out.</summary>
    /// <returns>The tally to be changed by that.</returns>
    public ref T Count(CountedPlace place, int item, int by)
    {
        if (!_days.TryGetValue(place, out Day? day))
            _days.Add(place, day = new Day());
        day.Count += by;
        if (day.Count == 0)
            _days.Remove(place);
        return ref day.TallyOf(item, maxItems);
    }

    /// <summary>Counts with one project what was counted with another.</summary>
    public void MoveProject(int from, int into)
    {
        foreach (CountedPlace place in _days.Keys.Where(place => place.Project == from).ToArray())
        {
            _days.Remove(place, out Day? day);
            CountedPlace target = place with { Project = into };
            if (_days.TryGetValue(target, out Day? there))
                there.Merge(day!, maxItems, add);
            else
                _days.Add(target, day!);
        }
    }

    /// <summary>Every tally of a workspace's days from one to another, both inclusive.</summary>
    public IEnumerable<(CountedPlace Place, int Item, T Tally)> Of(int workspace, int first, int last) => _days
        .Where(entry => entry.Key.Workspace == workspace && entry.Key.Day >= first && entry.Key.Day <= last)
        .SelectMany(static entry => entry.Value.Tallies.Select(tally => (entry.Key, tally.Key, tally.Value)));

    private sealed class Day
    {
        private bool _isClosed; // some item is counted among the others: none that is not told apart by now ever will be

        public long Count { get; set; }

        public Dictionary<int, T> Tallies { get; } = [];

        public ref T TallyOf(int item, int maxItems)
        {
            if (!Tallies.ContainsKey(item) && (_isClosed || Tallies.Count >= maxItems))
            {
                _isClosed = true;
                item = Others;
            }

            return ref Tally(item);
        }

        public void Merge(Day other, int maxItems, Adding add)
        {
            Count += other.Count;
            if (other._isClosed)
            {
                foreach (int item in Tallies.Keys.Where(item => item != Others && !other.Tallies.ContainsKey(item)).ToArray())
                {
                    Tallies.Remove(item, out T tally);
                    add(ref Tally(Others), tally);
                }
            }

            _isClosed |= other._isClosed;
            foreach ((int item, T tally) in other.Tallies)
                add(ref TallyOf(item, maxItems), tally);
        }

        private ref T Tally(int item) => ref CollectionsMarshal.GetValueRefOrAddDefault(Tallies, item, out _);
    }
}
