using System.Buffers;

namespace Tracira;

/// <summary>Which patterns a text has and, where that is wanted, the places of the first matches: in rented memory.</summary>
internal readonly struct RegexHits : IDisposable
{
    private const int Fields = 3; // of each pattern: how many matches, where the next may begin, how much work is left
    private readonly int[] _numbers;
    private readonly int[]? _places; // of each pattern: start and length of up to so many matches
    private readonly int _maxPlaces;

    /// <param name="patterns">How many patterns there are.</param>
    /// <param name="maxPlaces">How many places of a pattern are wanted at most; 0 where only whether there is one.</param>
    public RegexHits(int patterns, int maxPlaces)
    {
        _maxPlaces = maxPlaces;
        _numbers = ArrayPool<int>.Shared.Rent(patterns * Fields);
        _numbers.AsSpan(0, patterns * Fields).Clear();
        if (maxPlaces > 0)
            _places = ArrayPool<int>.Shared.Rent(patterns * maxPlaces * 2);
    }

    /// <summary>Whether memory was rented.</summary>
    public bool IsMade => _numbers is not null;

    /// <summary>How many matches of a pattern are known.</summary>
    public int CountOf(int pattern) => _numbers[pattern * Fields];

    /// <summary>The place of one of a pattern's matches.</summary>
    public (int Start, int Length) PlaceOf(int pattern, int match)
    {
        int at = ((pattern * _maxPlaces) + match) * 2;
        return (_places![at], _places[at + 1]);
    }

    /// <summary>Where a pattern's next match may begin.</summary>
    public ref int NextOf(int pattern) => ref _numbers[(pattern * Fields) + 1];

    /// <summary>How many bytes may still be looked at for a pattern.</summary>
    public ref int WorkOf(int pattern) => ref _numbers[(pattern * Fields) + 2];

    /// <summary>Whether it matters where a pattern's matches are.</summary>
    public bool WantsPlacesOf(RegexTarget target) => _places is not null && target.WantsPlaces;

    /// <summary>Takes down a match.</summary>
    /// <returns>Whether a further one is wanted.</returns>
    public bool Add(int pattern, RegexTarget target, int start, int length)
    {
        int count = _numbers[pattern * Fields]++;
        if (_places is null || !target.WantsPlaces)
            return false;
        int at = ((pattern * _maxPlaces) + count) * 2;
        (_places[at], _places[at + 1]) = (start, length);
        return count + 1 < _maxPlaces;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_numbers is null)
            return;
        ArrayPool<int>.Shared.Return(_numbers);
        if (_places is not null)
            ArrayPool<int>.Shared.Return(_places);
    }
}
