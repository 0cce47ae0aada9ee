using System.Buffers;
using System.Numerics;

namespace Tracira.Storage.LiteDB;

/// <summary>Picks one page of rows in a query's order: by a key, then by time, then by id.</summary>
internal sealed class LogOrder(LogColumns columns, ProjectTable projects, LogQuery query)
{
    // Up to here the best rows are kept in a heap on the way through; for pages farther back all keys are gathered and partly sorted.
    private const int MaxHeap = 2_000;

    // The statuses in the alphabetical order of their names: error, flagged, pass, pending.
    private static readonly int[] StatusRanks = [3, 2, 1, 0];

    private readonly int _sign = query.Descending ? -1 : 1;

    /// <summary>The rows of the page.</summary>
    /// <param name="rows">The rows that match.</param>
    /// <param name="total">How many they are.</param>
    public int[] Page(RowSet rows, int total)
    {
        if (query.Offset >= total)
            return [];
        int wanted = Math.Min(query.Offset + query.Limit, total);
        (int[]? ranks, Column<int>? codes) = query.Sort switch
        {
            LogSort.ProjectName => (projects.Ranks(), columns.Projects),
            LogSort.Model => (columns.ModelTexts.Ranks(), columns.Models),
            _ => (null, null),
        };
        Func<int, long> key = query.Sort switch
        {
            LogSort.Timestamp => row => columns.Times[row],
            LogSort.LatencyMs => row => columns.Latencies[row],
            LogSort.CostUsd => row => columns.Costs[row],
            LogSort.Status => row => StatusRanks[(int)RowState.StatusOf(columns.States[row])],
            _ => row => ranks![codes![row]],
        };
        return wanted <= MaxHeap ? FromHeap(rows, key, wanted) : FromAll(rows, key, total, wanted);
    }

    // Newest chunks first: they fill the heap with rows that older ones can rarely beat, and where time is the key a chunk whose latest
    // time cannot is passed over whole.
    private int[] FromHeap(RowSet rows, Func<int, long> key, int wanted)
    {
        var heap = new Candidate[wanted];
        int count = 0;
        for (int i = 0; i < rows.Chunks; i++)
        {
            int chunk = query.Descending ? rows.Chunks - 1 - i : i;
            if (count == wanted && query.Sort == LogSort.Timestamp && !CanBeat(heap[0].Key, chunk))
                continue;
            ReadOnlySpan<ulong> words = rows.OfChunk(chunk);
            for (int j = 0; j < words.Length; j++)
            {
                int word = query.Descending ? words.Length - 1 - j : j;
                for (ulong left = words[word]; left != 0; left &= left - 1)
                {
                    int row = (chunk << Chunk.Bits) + (word * 64) + BitOperations.TrailingZeroCount(left);
                    var candidate = new Candidate(key(row), row);
                    if (count < wanted)
                        Push(heap, count++, candidate);
                    else if (_sign * candidate.Key.CompareTo(heap[0].Key) <= 0 && Compare(candidate, heap[0]) < 0)
                        ReplaceWorst(heap, candidate);
                }
            }
        }

        Array.Sort(heap, 0, count, Comparer<Candidate>.Create(Compare));
        return [.. heap.Take(count).Skip(query.Offset).Select(static candidate => candidate.Row)];
    }

    private bool CanBeat(long worst, int chunk)
    {
        (long min, long max) = columns.TimesOf(chunk);
        return query.Descending ? max >= worst : min <= worst;
    }

    private int[] FromAll(RowSet rows, Func<int, long> key, int total, int wanted)
    {
        Candidate[] all = ArrayPool<Candidate>.Shared.Rent(total);
        try
        {
            int count = 0;
            for (int chunk = 0; chunk < rows.Chunks; chunk++)
            {
                ReadOnlySpan<ulong> words = rows.OfChunk(chunk);
                for (int word = 0; word < words.Length; word++)
                {
                    for (ulong left = words[word]; left != 0; left &= left - 1)
                    {
                        int row = (chunk << Chunk.Bits) + (word * 64) + BitOperations.TrailingZeroCount(left);
                        all[count++] = new Candidate(key(row), row);
                    }
                }
            }

            Span<Candidate> candidates = all.AsSpan(0, count);
            SelectFirst(candidates, wanted);
            SelectFirst(candidates[..wanted], query.Offset);
            Span<Candidate> page = candidates[query.Offset..wanted];
            page.Sort(Compare);
            int[] result = new int[page.Length];
            for (int i = 0; i < page.Length; i++)
                result[i] = page[i].Row;
            return result;
        }
        finally
        {
            ArrayPool<Candidate>.Shared.Return(all);
        }
    }

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
