namespace Tracira;

/// <summary>What each match of a pattern has: one of several windows, each a few sets of bytes in a row, not far from where it begins.</summary>
/// <param name="Rows">The windows: <see cref="WindowPrefilter.Width"/> sets each.</param>
/// <param name="Least">How far from the beginning of the match a window begins at least; -1 where it has the byte before.</param>
/// <param name="Most">How far at most, without what may be repeated without end.</param>
/// <param name="Run">What is repeated without end is out of these, so that farther back, the match begins where they do; null where all have an end.</param>
/// <param name="Share">The share of places in ordinary text where one of the windows is; rough.</param>
internal sealed record RegexWindows(IReadOnlyList<ByteSet[]> Rows, int Least, int Most, ByteSet? Run, float Share)
{
    /// <summary>What it costs to look for them, to be compared: where the match may begin at many places, each of these is tried.</summary>
    public float Cost { get; } = Share * (Run is null ? 1 + (0.3f * (Most - Least)) : 3);

    /// <summary>The state of the pattern in which its windows begin or, where <see cref="HasByteBefore"/>, a byte later; null where there are several.</summary>
    public int? State { get; init; }

    /// <summary>Whether the windows begin one byte before <see cref="State"/>.</summary>
    public bool HasByteBefore { get; init; }

    /// <summary>What must be so far behind the beginning of a window, where that tells more places apart; 0 where nothing does.</summary>
    public (int Offset, ByteSet Set) Later { get; init; }

    /// <summary>The same over other bytes.</summary>
    /// <param name="map">The other bytes → those of these windows.</param>
    public RegexWindows Over(byte[] map) => map == RegexAlphabet.Same ? this :
        this with
        {
            Rows = [.. Rows.Select(row => Array.ConvertAll(row, set => set.Over(map)))],
            Run = Run?.Over(map),
            Later = (Later.Offset, Later.Set.Over(map)),
        };

    /// <summary>The windows of either of two parts of a pattern; null where they are too many.</summary>
    public RegexWindows? Or(RegexWindows other) => RegexWindowChoice.MaxRows < Rows.Count + other.Rows.Count ? null : new RegexWindows(
        [.. Rows, .. other.Rows],
        Math.Min(Least, other.Least),
        Math.Max(Most, other.Most),
        Run is { } one && other.Run is { } two ? one | two : Run ?? other.Run,
        Share + other.Share);
}
