using System.Collections.Concurrent;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// The places that were asked for once, so that asking again needs no database. Other nodes rename, merge and delete projects without
/// telling: the writer forgets all places when it meets a log whose project is not called as it was.
/// </summary>
internal sealed class Places
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<NamedPlace, Placement> _places = new();
    private int _changes;

    /// <summary>Counts how often places were forgotten.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>The placement of a place, where it is known.</summary>
    public bool TryFind(in NamedPlace place, out Placement? placement) => _places.TryGetValue(place, out placement);

    /// <summary>Remembers a placement, unless places were forgotten since it was read.</summary>
    /// <param name="place">The place.</param>
    /// <param name="placement">The placement.</param>
    /// <param name="changes"><see cref="Changes"/> before it was read.</param>
    public void Add(in NamedPlace place, Placement placement, int changes)
    {
        if (_places.Count >= Most)
            _places.Clear();
        _places[place] = placement;
        if (changes != Changes)
            _places.TryRemove(place, out _);
    }

    /// <summary>Forgets every place.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _changes);
        _places.Clear();
    }
}
