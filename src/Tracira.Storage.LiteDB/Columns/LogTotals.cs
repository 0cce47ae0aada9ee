using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira.Storage.LiteDB;

/// <summary>How many rows of a set there are, and how many of each status.</summary>
internal readonly record struct LogTotals(int Total, int Passed, int Flagged, int Errors, int AwaitingReview)
{
    /// <summary>Counts a set's rows: one vectorised pass over the states.</summary>
    public static LogTotals Of(LogColumns columns, RowSet rows)
    {
        Span<int> counts = stackalloc int[RowState.Deleted];
        counts.Clear();
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
            Count(columns.States.OfChunk(chunk), rows.OfChunk(chunk), counts);

        int passed = counts[RowState.Of(LogStatus.Pass)] + counts[RowState.Of(LogStatus.Pass, decided: true)];
        int flagged = counts[RowState.Of(LogStatus.Flagged)] + counts[RowState.Of(LogStatus.Flagged, decided: true)];
        int errors = counts[RowState.Of(LogStatus.Error)] + counts[RowState.Of(LogStatus.Error, decided: true)];
        int awaiting = counts[RowState.Of(LogStatus.Flagged)] + counts[RowState.Of(LogStatus.Error)];
        int total = 0;
        foreach (int count in counts)
            total += count;
        return new LogTotals(total, passed, flagged, errors, awaiting);
    }

    private static void Count(ReadOnlySpan<byte> states, ReadOnlySpan<ulong> words, Span<int> counts)
    {
        ref byte first = ref MemoryMarshal.GetReference(states);
        for (int word = 0; word * 64 < states.Length; word++)
        {
            ulong bits = words[word];
            if (bits == 0)
                continue;
            if ((word * 64) + 64 > states.Length)
            {
                for (; bits != 0; bits &= bits - 1)
                    counts[states[(word * 64) + BitOperations.TrailingZeroCount(bits)]]++;
                continue;
            }

            var low = Vector256.LoadUnsafe(ref first, (nuint)(word * 64));
            var high = Vector256.LoadUnsafe(ref first, (nuint)((word * 64) + 32));
            for (byte state = 0; state < RowState.Deleted; state++)
            {
                var wanted = Vector256.Create(state);
                ulong same = (ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32;
                same |= Vector256.Equals(low, wanted).ExtractMostSignificantBits();
                counts[state] += BitOperations.PopCount(bits & same);
            }
        }
    }
}
