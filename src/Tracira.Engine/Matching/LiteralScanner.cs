using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>
/// Tells which of any number of literals a text has, in one pass over it. Where few windows would do to tell most places of a text from all
/// literals, those are looked for with vectors; where not, every second place is looked up in a bitmap of hashes. What either lets
/// through is confirmed in the text. Immutable; scanning allocates nothing.
/// </summary>
internal sealed class LiteralScanner
{
    private const int Width = WindowPrefilter.Width;

    // Above this share of candidates the bitmap is the faster of the two (eng/bench.sh, keywords-1000-mixed).
    private const float MaxCandidateShare = 0.06f;
    private const int BlockSize = 64;
    private const int HashedWidth = 6;

    // So many places are gathered before any is looked into, which leaves the scan without branches that are hard to foretell.
    private const int BatchSize = 256;

    private readonly Literal[] _literals;
    private readonly WindowPrefilter? _prefilter;
    private readonly LiteralTable? _filtered;
    private readonly LiteralTable? _hashed;
    private readonly int[] _short;
    private readonly WindowPrefilter? _shortPrefilter;

    /// <summary>Prepares a scan for literals, which are told by their index.</summary>
    public LiteralScanner(IReadOnlyList<Literal> literals)
    {
        _literals = [.. literals];
        int[] all = [.. Enumerable.Range(0, _literals.Length)];

        // Shorter ones than a window are few, and are tried one by one in their bucket.
        _short = [.. all.Where(i => _literals[i].Text.Length < Width).OrderBy(i => _literals[i].Text, StringComparer.Ordinal)];
        if (_short.Length > 0)
            _shortPrefilter = new WindowPrefilter([.. _short.Select(i => ByteWindow.Of(BytesOf(_literals[i].Text)))]);

        var byText = new WindowChoice([]);
        (int Literal, int Offset)[] rarest =
            [.. all.Where(i => _literals[i].Text.Length >= Width).Select(i => (i, byText.Rarest(_literals[i].Text, Width, count: 1)))];
        if (rarest.Length == 0)
            return;
        WindowPrefilter prefilter = PrefilterOf(rarest);
        if (prefilter.CandidateShare > MaxCandidateShare)
        {
            // Windows at an even and an odd offset: one of the two is found at an even place of the text.
            var choice = new WindowChoice(_literals);
            (int Literal, int Offset)[] pairs =
            [
                .. rarest.Where(window => HasPair(window.Literal))
                    .Select(window => (window.Literal, Offset: choice.Rarest(_literals[window.Literal].Text, HashedWidth, count: 2)))
                    .SelectMany(static window => new[] { window, (window.Literal, window.Offset + 1) }),
            ];
            _hashed = new LiteralTable(_literals, pairs, HashedWidth);
            rarest = [.. rarest.Where(window => !HasPair(window.Literal))];
            if (rarest.Length == 0)
                return;
            prefilter = PrefilterOf(rarest);
        }

        _prefilter = prefilter;
        _filtered = new LiteralTable(_literals, rarest, Width);
    }

    /// <summary>Takes down each literal that the text has.</summary>
    public void Scan<TSeen>(ReadOnlySpan<char> text, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        if (_literals.Length == 0)
            return;
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length + FoldedBytes.Padding);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, text.Length + FoldedBytes.Padding);
            bytes[text.Length..].Clear();
            FoldedBytes.Fill(text, bytes);
            _ = (_prefilter is null || ScanFiltered(text, bytes, ref seen))
                && (_hashed is null || ScanHashed(text, bytes, ref seen))
                && (_shortPrefilter is null || ScanShort(text, bytes, ref seen));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool ScanFiltered<TSeen>(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        WindowPrefilter prefilter = _prefilter!;
        LiteralTable table = _filtered!;
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        scoped Span<int> places = stackalloc int[BatchSize + BlockSize];
        int count = 0;
        int block = 0;
        for (ulong candidates; (candidates = prefilter.NextCandidates(ref first, ref block, text.Length - Width)) != 0; block += BlockSize)
        {
            for (; candidates != 0; candidates &= candidates - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(candidates);
                places[count] = at;
                count += table.MayHave(ref Unsafe.Add(ref first, at));
            }

            if (count < BatchSize)
                continue;
            if (!Confirm(table, text, bytes, places[..count], ref seen))
                return false;
            count = 0;
        }

        return Confirm(table, text, bytes, places[..count], ref seen);
    }

    private bool ScanHashed<TSeen>(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        LiteralTable table = _hashed!;
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        scoped Span<int> places = stackalloc int[BatchSize + 1];
        int end = text.Length - HashedWidth + 1;
        for (int batch = 0; batch < end; batch += 2 * BatchSize)
        {
            int count = 0;
            for (int at = batch; at < Math.Min(end, batch + (2 * BatchSize)); at += 2)
            {
                Unsafe.Add(ref MemoryMarshal.GetReference(places), count) = at;
                count += table.MayHave(ref Unsafe.Add(ref first, at));
            }

            if (!Confirm(table, text, bytes, places[..count], ref seen))
                return false;
        }

        return true;
    }

    private static bool Confirm<TSeen>(LiteralTable table, ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, scoped Span<int> places, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        foreach (int at in places[..table.Narrow(bytes, places)])
        {
            if (!table.Confirm(text, bytes, at, ref seen))
                return false;
        }

        return true;
    }

    private bool ScanShort<TSeen>(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        WindowPrefilter prefilter = _shortPrefilter!;
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        for (int block = 0; block < text.Length; block += BlockSize)
        {
            for (ulong candidates = prefilter.Candidates(ref Unsafe.Add(ref first, block)); candidates != 0; candidates &= candidates - 1)
            {
                int at = block + BitOperations.TrailingZeroCount(candidates);
                for (int buckets = prefilter.BucketsAt(ref Unsafe.Add(ref first, at)); buckets != 0; buckets &= buckets - 1)
                {
                    foreach (int index in prefilter.WindowsIn(BitOperations.TrailingZeroCount(buckets)))
                    {
                        int literal = _short[index];
                        if (!seen.Has(literal) && _literals[literal].IsAt(text, at) && !seen.Add(literal))
                            return false;
                    }
                }
            }
        }

        return true;
    }

    private bool HasPair(int literal) => _literals[literal].Text.Length > HashedWidth;

    private WindowPrefilter PrefilterOf(IEnumerable<(int Literal, int Offset)> windows) => new(
    [
        .. windows.Select(window => BytesOf(_literals[window.Literal].Text.AsSpan(window.Offset, Width)))
            .DistinctBy(static bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes))
            .OrderBy(static bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes))
            .Select(static bytes => ByteWindow.Of(bytes)),
    ]);

    private static byte[] BytesOf(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length];
        FoldedBytes.Fill(text, bytes);
        return bytes;
    }
}
