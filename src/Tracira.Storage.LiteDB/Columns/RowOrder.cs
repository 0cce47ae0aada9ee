using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira.Storage.LiteDB;

/// <summary>Orders rows by one column of numbers, then by time, then by id, and picks a page of them without sorting them all.</summary>
internal sealed class RowOrder(LogColumns columns, Column<long> column, bool descending)
{
    // Up to here the best rows are kept in a heap on the way through; for pages farther back the rows around them are gathered and sorted.
    private const int MaxHeap = 2_000;

    // Of so many evenly spread rows, a rank in the order is told to within 128 (four standard deviations).
    private const int SampleSize = 4_096;
    private const int SampleMargin = 128;

    private readonly int _sign = descending ? -1 : 1;
    private readonly bool _isByTime = column == columns.Times;

    /// <summary>The rows of a page.</summary>
    public int[] Page(RowSet rows, int total, int offset, int limit)
    {
        if (offset >= total)
            return [];
        int wanted = Math.Min(offset + limit, total);
        return wanted <= MaxHeap
            ? FromHeap(rows, offset, wanted)
            : FromSample(rows, total, offset, wanted) ?? FromRange(rows, long.MinValue, long.MaxValue, offset, wanted)!;
    }

    // Chunks that came last first, where the largest are wanted: they mostly hold the latest times. Once the heap is full a word of 64
    // rows is looked at only where a vectorised comparison finds a row that could be better than the worst in the heap.
    private int[] FromHeap(RowSet rows, int offset, int wanted)
    {
        var heap = new Candidate[wanted];
        int count = 0;
        for (int i = 0; i < rows.Chunks; i++)
        {
            int chunk = descending ? rows.Chunks - 1 - i : i;
            if (count == wanted && _isByTime && !CanHold(chunk, heap[0].Key))
                continue;
            ReadOnlySpan<long> keys = column.OfChunk(chunk);
            ReadOnlySpan<ulong> words = rows.OfChunk(chunk);
            int last = (keys.Length - 1) / 64;
            for (int j = 0; j <= last; j++)
            {
                int word = descending ? last - j : j;
                ulong left = words[word];
                if (left != 0 && count == wanted)
                    left &= CanBeat(keys, word * 64, heap[0].Key);
                for (; left != 0; left &= left - 1)
                {
                    int place = (word * 64) + BitOperations.TrailingZeroCount(left);
                    var candidate = new Candidate(keys[place], (chunk << Chunk.Bits) + place);
                    if (count < wanted)
                        Push(heap, count++, candidate);
                    else if (Compare(candidate, heap[0]) < 0)
                        ReplaceWorst(heap, candidate);
                }
            }
        }

        Array.Sort(heap, 0, count, Comparer<Candidate>.Create(Compare));
        return [.. heap.Take(count).Skip(offset).Select(static candidate => candidate.Row)];
    }

    private bool CanHold(int chunk, long worst)
    {
        (long min, long max) = columns.TimesOf(chunk);
        return descending ? max >= worst : min <= worst;
    }

    // The rows of a word, as bits, whose key is not behind the worst one; equal keys go on to be compared by time and id.
    private ulong CanBeat(ReadOnlySpan<long> keys, int start, long worst)
    {
        ulong bits = 0;
        if (start + 64 > keys.Length)
        {
            for (int place = start; place < keys.Length; place++)
                bits |= ((descending ? keys[place] >= worst : keys[place] <= worst) ? 1UL : 0UL) << (place - start);
            return bits;
        }

        var bound = Vector256.Create(worst);
        ref long first = ref MemoryMarshal.GetReference(keys);
        for (int lane = 0; lane < 64; lane += Vector256<long>.Count)
        {
            var these = Vector256.LoadUnsafe(ref first, (nuint)(start + lane));
            Vector256<long> better = descending ? Vector256.GreaterThanOrEqual(these, bound) : Vector256.LessThanOrEqual(these, bound);
            bits |= (ulong)better.ExtractMostSignificantBits() << lane;
        }

        return bits;
    }

    // A sample tells between which two keys the page must lie; only the rows between them are gathered and sorted.
    private int[]? FromSample(RowSet rows, int total, int offset, int wanted)
    {
        if (total < 4 * SampleSize)
            return null;
        long[] sample = Sample(rows, total);
        int first = (int)((long)offset * sample.Length / total) - SampleMargin;
        int last = (int)((long)wanted * sample.Length / total) + SampleMargin;
        long from = first < 0 ? Furthest(front: true) : sample[first];
        long to = last >= sample.Length ? Furthest(front: false) : sample[last];
        return FromRange(rows, from, to, offset, wanted);
    }

    private long[] Sample(RowSet rows, int total)
    {
        List<long> keys = new(SampleSize + 1);
        int stride = total / SampleSize;
        int skip = stride / 2;
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
        {
            ReadOnlySpan<ulong> words = rows.OfChunk(chunk);
            for (int word = 0; word < words.Length; word++)
            {
                ulong left = words[word];
                int count = BitOperations.PopCount(left);
                for (; skip < count; skip += stride)
                {
                    ulong picked = left;
                    for (int i = 0; i < skip; i++)
                        picked &= picked - 1;
                    keys.Add(column[(chunk << Chunk.Bits) + (word * 64) + BitOperations.TrailingZeroCount(picked)]);
                }

                skip -= count;
            }
        }

        long[] sample = [.. keys];
        Array.Sort(sample);
        if (descending)
            Array.Reverse(sample);
        return sample;
    }

    // Null where the page does not lie between the keys after all.
    private int[]? FromRange(RowSet rows, long from, long to, int offset, int wanted)
    {
        if (from == long.MinValue && to == long.MaxValue)
            (from, to) = (Furthest(front: true), Furthest(front: false));
        List<Candidate> found = [];
        int before = 0;
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
        {
            ReadOnlySpan<long> keys = column.OfChunk(chunk);
            ReadOnlySpan<ulong> words = rows.OfChunk(chunk);
            for (int start = 0; start < keys.Length; start += 64)
            {
                ulong left = words[start / 64];
                if (left == 0)
                    continue;
                ulong ahead = from == Furthest(front: true) ? 0 : left & CanBeat(keys, start, descending ? from + 1 : from - 1);
                before += BitOperations.PopCount(ahead);
                for (left &= ~ahead & CanBeat(keys, start, to); left != 0; left &= left - 1)
                {
                    int place = start + BitOperations.TrailingZeroCount(left);
                    found.Add(new Candidate(keys[place], (chunk << Chunk.Bits) + place));
                }
            }
        }

        offset -= before;
        wanted -= before;
        if (offset < 0 || wanted > found.Count)
            return null;
        Span<Candidate> candidates = CollectionsMarshal.AsSpan(found);
        SelectFirst(candidates, wanted);
        SelectFirst(candidates[..wanted], offset);
        Span<Candidate> page = candidates[offset..wanted];
        page.Sort(Compare);
        int[] result = new int[page.Length];
        for (int i = 0; i < page.Length; i++)
            result[i] = page[i].Row;
        return result;
    }

    private long Furthest(bool front) => front == descending ? long.MaxValue : long.MinValue;

    private int Compare(Candidate left, Candidate right)
    {
        int order = left.Key.CompareTo(right.Key);
        if (order == 0)
            order = columns.Times[left.Row].CompareTo(columns.Times[right.Row]);
        if (order == 0 && left.Row != right.Row)
            order = columns.Keys.Compare(left.Row, right.Row);
        return _sign * order;
    }

    // Puts the first candidates, in any order among themselves, to the front: quickselect with the middle one of three as the pivot.
    private void SelectFirst(Span<Candidate> candidates, int first)
    {
        while (candidates.Length > 1 && first > 0 && first < candidates.Length)
        {
            Candidate pivot = MiddleOf(candidates[0], candidates[candidates.Length / 2], candidates[^1]);
            int left = 0;
            int right = candidates.Length - 1;
            while (left <= right)
            {
                while (Compare(candidates[left], pivot) < 0)
                    left++;
                while (Compare(candidates[right], pivot) > 0)
                    right--;
                if (left <= right)
                {
                    (candidates[left], candidates[right]) = (candidates[right], candidates[left]);
                    left++;
                    right--;
                }
            }

            if (first <= right + 1)
            {
                candidates = candidates[..(right + 1)];
            }
            else if (first >= left)
            {
                candidates = candidates[left..];
                first -= left;
            }
            else
            {
                return;
            }
        }
    }

    private Candidate MiddleOf(Candidate a, Candidate b, Candidate c) =>
        Compare(a, b) < 0
            ? Compare(b, c) < 0 ? b : Compare(a, c) < 0 ? c : a
            : Compare(a, c) < 0 ? a : Compare(b, c) < 0 ? c : b;

    // The heap has the worst of the best at its top.
    private void Push(Candidate[] heap, int at, Candidate candidate)
    {
        while (at > 0 && Compare(heap[(at - 1) / 2], candidate) < 0)
        {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        heap[at] = candidate;
    }

    private void ReplaceWorst(Candidate[] heap, Candidate candidate)
    {
        int at = 0;
        for (int child = 1; child < heap.Length; child = (2 * at) + 1)
        {
            if (child + 1 < heap.Length && Compare(heap[child + 1], heap[child]) > 0)
                child++;
            if (Compare(heap[child], candidate) <= 0)
                break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = candidate;
    }

    private readonly record struct Candidate(long Key, int Row);
}
