using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Rows, a bit for each, narrowed down condition by condition. A condition is one vectorised pass over one column, 64 rows to a word.
/// </summary>
internal sealed class RowSet : IDisposable
{
    private readonly ulong[] _words;

    /// <summary>All the rows of the columns that are not deleted.</summary>
    public RowSet(LogColumns columns)
    {
        Chunks = columns.Chunks;
        _words = ArrayPool<ulong>.Shared.Rent(Math.Max(1, Chunks * Chunk.Words));
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            Span<ulong> words = OfChunk(chunk);
            ReadOnlySpan<byte> states = columns.States.OfChunk(chunk);
            words.Clear();
            words[..(states.Length / 64)].Fill(ulong.MaxValue);
            if (states.Length % 64 > 0)
                words[states.Length / 64] = (1UL << (states.Length % 64)) - 1;
            if (states.ContainsAnyInRange(RowState.Deleted, byte.MaxValue))
                Keep(states, words, static state => state < RowState.Deleted);
        }
    }

    /// <summary>How many chunks there are.</summary>
    public int Chunks { get; }

    /// <summary>The bits of a chunk's rows.</summary>
    public Span<ulong> OfChunk(int chunk) => _words.AsSpan(chunk * Chunk.Words, Chunk.Words);

    /// <summary>A copy, to be narrowed down differently.</summary>
    public RowSet(RowSet other)
    {
        Chunks = other.Chunks;
        _words = ArrayPool<ulong>.Shared.Rent(Math.Max(1, Chunks * Chunk.Words));
        other._words.AsSpan(0, Chunks * Chunk.Words).CopyTo(_words);
    }

    /// <summary>Keeps the rows with one value.</summary>
    public void Keep<T>(Column<T> column, T value)
        where T : unmanaged, IBinaryInteger<T> => Keep(column, value, T.AllBitsSet);

    /// <summary>Keeps the rows that have one value in some of their bits.</summary>
    public void Keep<T>(Column<T> column, T value, T mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int chunk = 0; chunk < Chunks; chunk++)
            Equal(column.OfChunk(chunk), value, mask, OfChunk(chunk));
    }

    /// <summary>Keeps the rows with one of several values, marked by number.</summary>
    public void Keep(Column<int> column, bool[] marked)
    {
        for (int chunk = 0; chunk < Chunks; chunk++)
            Marked(column.OfChunk(chunk), marked, OfChunk(chunk));
    }

    /// <summary>Keeps the rows with a value from one bound, inclusive, to another, exclusive.</summary>
    public void Keep(Column<long> column, long from, long to, Func<int, (long Min, long Max)> bounds)
    {
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            (long min, long max) = bounds(chunk);
            if (max < from || min >= to)
                OfChunk(chunk).Clear();
            else if (min < from || max >= to)
                Between(column.OfChunk(chunk), from, to, OfChunk(chunk));
        }
    }

    /// <summary>Keeps nothing.</summary>
    public void KeepNone() => _words.AsSpan(0, Chunks * Chunk.Words).Clear();

    /// <summary>Adds the rows of another set.</summary>
    public void UnionWith(RowSet other)
    {
        for (int word = 0; word < Chunks * Chunk.Words; word++)
            _words[word] |= other._words[word];
    }

    /// <summary>How many rows there are.</summary>
    public int Count()
    {
        int count = 0;
        foreach (ulong word in _words.AsSpan(0, Chunks * Chunk.Words))
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>The rows, in ascending order.</summary>
    public IEnumerable<int> Rows()
    {
        for (int word = 0; word < Chunks * Chunk.Words; word++)
        {
            for (ulong left = _words[word]; left != 0; left &= left - 1)
                yield return (word * 64) + BitOperations.TrailingZeroCount(left);
        }
    }

    public void Dispose() => ArrayPool<ulong>.Shared.Return(_words);

    private static void Equal<T>(ReadOnlySpan<T> values, T value, T mask, Span<ulong> words)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector256<T> wanted = Vector256.Create(value);
        Vector256<T> masks = Vector256.Create(mask);
        int lanes = Vector256<T>.Count;
        int whole = values.Length / 64;
        ref T first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            if (words[word] == 0)
                continue;
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += lanes)
            {
                Vector256<T> found = Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)((word * 64) + lane)) & masks, wanted);
                bits |= (ulong)found.ExtractMostSignificantBits() << lane;
            }

            words[word] &= bits;
        }

        Keep(values[(whole * 64)..], words[whole..], candidate => (candidate & mask) == value);
    }

    // No lookup table is wide enough for a vector instruction; a plain loop without branches does a row in a nanosecond.
    private static void Marked(ReadOnlySpan<int> codes, ReadOnlySpan<bool> marked, Span<ulong> words)
    {
        for (int word = 0; word * 64 < codes.Length; word++)
        {
            if (words[word] == 0)
                continue;
            ReadOnlySpan<int> these = codes[(word * 64)..Math.Min(codes.Length, (word * 64) + 64)];
            ulong bits = 0;
            for (int bit = 0; bit < these.Length; bit++)
                bits |= (marked[these[bit]] ? 1UL : 0UL) << bit;
            words[word] &= bits;
        }
    }

    private static void Between(ReadOnlySpan<long> values, long from, long to, Span<ulong> words)
    {
        Vector256<long> least = Vector256.Create(from);
        Vector256<long> bound = Vector256.Create(to);
        int whole = values.Length / 64;
        ref long first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            if (words[word] == 0)
                continue;
            ulong bits = 0;
            for (int lane = 0; lane < 64; lane += Vector256<long>.Count)
            {
                var candidate = Vector256.LoadUnsafe(ref first, (nuint)((word * 64) + lane));
                Vector256<long> inside = Vector256.GreaterThanOrEqual(candidate, least) & Vector256.LessThan(candidate, bound);
                bits |= (ulong)inside.ExtractMostSignificantBits() << lane;
            }

            words[word] &= bits;
        }

        Keep(values[(whole * 64)..], words[whole..], candidate => candidate >= from && candidate < to);
    }

    private static void Keep<T>(ReadOnlySpan<T> values, Span<ulong> words, Func<T, bool> holds)
    {
        for (int word = 0; word * 64 < values.Length; word++)
        {
            ulong kept = words[word];
            for (ulong left = kept; left != 0; left &= left - 1)
            {
                int bit = BitOperations.TrailingZeroCount(left);
                if (!holds(values[(word * 64) + bit]))
                    kept &= ~(1UL << bit);
            }

            words[word] = kept;
        }
    }
}
