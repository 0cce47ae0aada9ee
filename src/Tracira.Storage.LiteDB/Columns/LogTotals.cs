using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira.Storage.LiteDB;

/// <summary>How many rows of a set there are, and how many of each status.</summary>
internal readonly record struct LogTotals(int Total, int Passed, int Flagged, int Errors, int AwaitingReview)
{
    // What is counted: states that are a value in the bits of a mask.
    private static readonly (byte Value, byte Mask)[] Kinds =
    [
        ((byte)LogStatus.Pass, RowState.StatusMask),
        ((byte)LogStatus.Flagged, RowState.StatusMask),
        ((byte)LogStatus.Error, RowState.StatusMask),
        (RowState.Of(LogStatus.Flagged), byte.MaxValue),
        (RowState.Of(LogStatus.Error), byte.MaxValue),
    ];

    /// <summary>Counts a set's rows: one vectorised pass over the states.</summary>
    public static LogTotals Of(LogColumns columns, RowSet rows)
    {
        Span<int> counts = stackalloc int[Kinds.Length];
        counts.Clear();
        int total = 0;
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
            total += Count(columns.States.OfChunk(chunk), rows.OfChunk(chunk), counts);
        return new LogTotals(total, counts[0], counts[1], counts[2], counts[3] + counts[4]);
    }

    private static int Count(ReadOnlySpan<byte> states, ReadOnlySpan<ulong> words, Span<int> counts)
    {
        int total = 0;
        ref byte first = ref MemoryMarshal.GetReference(states);
        for (int word = 0; word * 64 < states.Length; word++)
        {
            ulong bits = words[word];
            if (bits == 0)
                continue;
            total += BitOperations.PopCount(bits);
            if ((word * 64) + 64 > states.Length)
            {
                for (; bits != 0; bits &= bits - 1)
                    Count(states[(word * 64) + BitOperations.TrailingZeroCount(bits)], counts);
                continue;
            }

            var low = Vector256.LoadUnsafe(ref first, (nuint)(word * 64));
            var high = Vector256.LoadUnsafe(ref first, (nuint)((word * 64) + 32));
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                var wanted = Vector256.Create(Kinds[kind].Value);
                var mask = Vector256.Create(Kinds[kind].Mask);
                ulong same = (ulong)Vector256.Equals(high & mask, wanted).ExtractMostSignificantBits() << 32;
                same |= Vector256.Equals(low & mask, wanted).ExtractMostSignificantBits();
                counts[kind] += BitOperations.PopCount(bits & same);
            }
        }

        return total;
    }

    private static void Count(byte state, Span<int> counts)
    {
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            if ((state & Kinds[kind].Mask) == Kinds[kind].Value)
                counts[kind]++;
        }
    }
}
