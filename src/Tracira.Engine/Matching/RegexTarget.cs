using System.Buffers;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>A pattern that a <see cref="RegexScanner"/> looks for, in the scanner's alphabet. Immutable.</summary>
internal sealed class RegexTarget
{
    private const int FewStarts = 8; // so few are tried sooner than searched for

    private readonly RegexProgram _program;
    private readonly RegexAutomaton? _automaton;
    private readonly byte[] _map; // the scanner's bytes → the program's
    private readonly bool[]? _run;
    private readonly bool[]? _later; // the bytes that may be behind a window
    private readonly int _laterOffset;
    private readonly SearchValues<byte>? _begins; // what matches begin with; null where that may be anything

    /// <param name="pattern">The pattern.</param>
    /// <param name="map">The scanner's bytes → those of the pattern's alphabet.</param>
    /// <param name="wantsPlaces">Whether it may be asked where the matches are; else only whether there is one.</param>
    public RegexTarget(RegexPattern pattern, byte[] map, bool wantsPlaces)
    {
        WantsPlaces = wantsPlaces;
        _program = pattern.Program;
        _automaton = pattern.Automaton?.Over(map);
        _map = map;
        Windows = pattern.Windows?.Over(map);
        if (Windows?.Run is { } run)
            _run = Table(run);
        if (Windows?.Later is { Offset: > 0 } later)
            (_laterOffset, _later) = (later.Offset, Table(later.Set));
        if (Windows is null && _automaton is not null && _automaton.Begins() is { } begins && begins != ByteSet.Everything)
            _begins = SearchValues.Create([.. begins.Members()]);
    }

    /// <summary>Whether it may be asked where the matches are.</summary>
    public bool WantsPlaces { get; }

    /// <summary>What each match has; null where it has to be tried everywhere.</summary>
    public RegexWindows? Windows { get; }

    /// <summary>Whether a match may have its window at a place where one is, by what is farther behind.</summary>
    public bool MayHaveWindow(ReadOnlySpan<byte> bytes, int window) => _later is null || _later[bytes[window + _laterOffset]];

    /// <summary>The first place where a match with a window may begin.</summary>
    /// <param name="bytes">The text's bytes.</param>
    /// <param name="window">Where the window is.</param>
    /// <param name="from">No match begins before this place.</param>
    public int FirstStart(ReadOnlySpan<byte> bytes, int window, int from)
    {
        int start = Math.Max(from, window - Windows!.Most);
        if (_run is not null)
        {
            while (start > from && _run[bytes[start - 1]])
                start--;
        }

        return start;
    }

    /// <summary>Finds the first match that begins in a stretch: the leftmost, and of those the one that .NET prefers.</summary>
    /// <param name="bytes">The text's bytes.</param>
    /// <param name="from">The first place where it may begin.</param>
    /// <param name="last">The last one.</param>
    /// <param name="any">Whether any match will do.</param>
    /// <param name="work">How many bytes may be looked at before all starts are tried at once; made less by those that were.</param>
    /// <returns>Where it begins and ends; a beginning below zero where there is none.</returns>
    public (int Start, int End) Find(ReadOnlySpan<byte> bytes, int from, int last, bool any, ref int work)
    {
        if (_automaton is null)
            return RegexSimulation.Find(_program, _map, bytes, from, last, any, ref work);
        for (int start = from; start <= last; start++)
        {
            if (_begins is not null && last - start >= FewStarts)
            {
                int further = bytes[start..(last + 1)].IndexOfAny(_begins);
                if (further < 0)
                    break;
                start += further;
            }

            if (work < 0)
                return RegexSimulation.Find(_program, _map, bytes, start, last, any, ref work);
            int end = _automaton.EndOf(ref MemoryMarshal.GetReference(bytes), start, any, ref work);
            if (end >= 0)
                return (start, end);
        }

        return (-1, -1);
    }

    private static bool[] Table(ByteSet set) => [.. Enumerable.Range(0, byte.MaxValue + 1).Select(value => set.Contains((byte)value))];
}
