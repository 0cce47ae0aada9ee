using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tracira;

/// <summary>
/// Finds places where one of several windows, up to four bytes each, may begin. Windows are put into eight buckets; a table for each of
/// the four places tells which buckets accept a byte there, and a place is a candidate where some bucket accepts all four. It is the
/// Teddy algorithm (Langdale, of Hyperscan), over <see cref="FoldedBytes"/>.
/// </summary>
internal sealed class WindowPrefilter
{
    /// <summary>How many bytes of a window are looked at.</summary>
    public const int Width = 4;

    private const int Buckets = 8;
    private const int BlockSize = 64;
    private const int MaxClusters = 32;
    private readonly byte[] _accepts = new byte[Width * 256]; // [place][byte] → buckets
    private readonly byte[] _ascii = new byte[Width * 128]; // the same for bytes modulo 128
    private readonly byte[] _nibbles = new byte[Width * 32]; // [place][low nibble, then high nibble] → buckets
    private readonly int[][] _buckets;

    /// <param name="windows">What is to be found. Those that begin alike should stand beside each other.</param>
    public WindowPrefilter(IReadOnlyList<ByteWindow> windows)
    {
        (List<int> Windows, ByteWindow All)[] buckets = Spread(windows);
        _buckets = [.. buckets.Select(static bucket => bucket.Windows.ToArray())];
        for (int bucket = 0; bucket < buckets.Length; bucket++)
        {
            CandidateShare += buckets[bucket].All.Share();
            for (int place = 0; place < Width; place++)
            {
                for (int value = 0; value < 256; value++)
                {
                    if (buckets[bucket].All.Accepts(place, (byte)value))
                        _accepts[(place * 256) + value] |= (byte)(1 << bucket);
                }
            }
        }

        for (int place = 0; place < Width; place++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte accepting = _accepts[(place * 256) + value];
                _ascii[(place * 128) + (value & 127)] |= accepting;
                _nibbles[(place * 32) + (value & 15)] |= accepting;
                _nibbles[(place * 32) + 16 + (value >> 4)] |= accepting;
            }
        }
    }

    /// <summary>As many prefilters as windows in any order ask for, each with a part of them; one of them finds the candidates of its part.</summary>
    public static WindowPrefilter[] Several(IReadOnlyList<ByteWindow> windows)
    {
        int count = windows.Count <= Buckets ? 1 : 2;
        ByteWindow[] sorted = [.. windows.Order()];
        return [.. sorted.Chunk((sorted.Length / count) + 1).Select(static part => new WindowPrefilter(part))];
    }

    /// <summary>The share of places in ordinary text that will be candidates, roughly.</summary>
    public float CandidateShare { get; }

    /// <summary>Which windows are in a bucket, as indices.</summary>
    public ReadOnlySpan<int> WindowsIn(int bucket) => _buckets[bucket];

    /// <summary>Goes on to the next 64 places with candidates.</summary>
    /// <param name="bytes">The first byte of the text.</param>
    /// <param name="block">Where to begin; then where those places begin.</param>
    /// <param name="last">The last place that 64 may begin at.</param>
    /// <returns>The candidates as bits; 0 where there are none any more.</returns>
    public ulong NextCandidates(ref byte bytes, ref int block, int last)
    {
        if (Avx512Vbmi.IsSupported)
            return NextCandidates512(ref bytes, ref block, last);
        for (; block <= last; block += BlockSize)
        {
            ulong candidates = Candidates(ref Unsafe.Add(ref bytes, block));
            if (candidates != 0)
                return candidates;
        }

        return 0;
    }

    /// <summary>The candidates among up to 64 places, as bits.</summary>
    /// <param name="bytes">The first of the places; behind the last there are at least as many bytes as a vector has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Candidates(ref byte bytes)
    {
        if (Avx512Vbmi.IsSupported)
            return Candidates512(ref bytes);
        if (Avx2.IsSupported)
            return Candidates256(ref bytes, 0) | ((ulong)Candidates256(ref bytes, 32) << 32);
        if (Vector128.IsHardwareAccelerated)
        {
            return Candidates128(ref bytes, 0) | ((ulong)Candidates128(ref bytes, 16) << 16)
                | ((ulong)Candidates128(ref bytes, 32) << 32) | ((ulong)Candidates128(ref bytes, 48) << 48);
        }

        return CandidatesOneByOne(ref bytes);
    }

    // The tables stay in registers from block to block.
    private ulong NextCandidates512(ref byte bytes, ref int block, int last)
    {
        ref byte table = ref MemoryMarshal.GetArrayDataReference(_ascii);
        var first = Vector512.LoadUnsafe(ref table);
        var firstUpper = Vector512.LoadUnsafe(ref table, 64);
        var second = Vector512.LoadUnsafe(ref table, 128);
        var secondUpper = Vector512.LoadUnsafe(ref table, 192);
        var third = Vector512.LoadUnsafe(ref table, 256);
        var thirdUpper = Vector512.LoadUnsafe(ref table, 320);
        var fourth = Vector512.LoadUnsafe(ref table, 384);
        var fourthUpper = Vector512.LoadUnsafe(ref table, 448);
        int at = block;
        ulong candidates = 0;
        for (; at <= last; at += BlockSize)
        {
            ref byte place = ref Unsafe.Add(ref bytes, at);
            Vector512<byte> found = Avx512Vbmi.PermuteVar64x8x2(first, Vector512.LoadUnsafe(ref place), firstUpper)
                & Avx512Vbmi.PermuteVar64x8x2(second, Vector512.LoadUnsafe(ref place, 1), secondUpper)
                & Avx512Vbmi.PermuteVar64x8x2(third, Vector512.LoadUnsafe(ref place, 2), thirdUpper)
                & Avx512Vbmi.PermuteVar64x8x2(fourth, Vector512.LoadUnsafe(ref place, 3), fourthUpper);
            if (found == Vector512<byte>.Zero)
                continue;
            candidates = ~Vector512.Equals(found, Vector512<byte>.Zero).ExtractMostSignificantBits();
            break;
        }

        block = at;
        return candidates;
    }

    // Looks 64 bytes up at once in tables of 128: ASCII exactly, the others together with the ASCII byte below them.
    private ulong Candidates512(ref byte bytes)
    {
        ref byte table = ref MemoryMarshal.GetArrayDataReference(_ascii);
        Vector512<byte> found = Avx512Vbmi.PermuteVar64x8x2(
            Vector512.LoadUnsafe(ref table), Vector512.LoadUnsafe(ref bytes), Vector512.LoadUnsafe(ref table, 64));
        found &= Avx512Vbmi.PermuteVar64x8x2(
            Vector512.LoadUnsafe(ref table, 128), Vector512.LoadUnsafe(ref bytes, 1), Vector512.LoadUnsafe(ref table, 192));
        found &= Avx512Vbmi.PermuteVar64x8x2(
            Vector512.LoadUnsafe(ref table, 256), Vector512.LoadUnsafe(ref bytes, 2), Vector512.LoadUnsafe(ref table, 320));
        found &= Avx512Vbmi.PermuteVar64x8x2(
            Vector512.LoadUnsafe(ref table, 384), Vector512.LoadUnsafe(ref bytes, 3), Vector512.LoadUnsafe(ref table, 448));
        return ~Vector512.Equals(found, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }

    private uint Candidates256(ref byte bytes, nuint from)
    {
        Vector256<byte> found = Vector256<byte>.AllBitsSet;
        Vector256<byte> nibble = Vector256.Create((byte)15);
        ref byte table = ref MemoryMarshal.GetArrayDataReference(_nibbles);
        for (nuint place = 0; place < Width; place++)
        {
            var value = Vector256.LoadUnsafe(ref bytes, from + place);
            var low = Vector256.Create(Vector128.LoadUnsafe(ref table, place * 32));
            var high = Vector256.Create(Vector128.LoadUnsafe(ref table, (place * 32) + 16));
            found &= Avx2.Shuffle(low, value & nibble) & Avx2.Shuffle(high, (value.AsUInt16() >> 4).AsByte() & nibble);
        }

        return ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    private uint Candidates128(ref byte bytes, nuint from)
    {
        Vector128<byte> found = Vector128<byte>.AllBitsSet;
        Vector128<byte> nibble = Vector128.Create((byte)15);
        ref byte table = ref MemoryMarshal.GetArrayDataReference(_nibbles);
        for (nuint place = 0; place < Width; place++)
        {
            var value = Vector128.LoadUnsafe(ref bytes, from + place);
            found &= Vector128.Shuffle(Vector128.LoadUnsafe(ref table, place * 32), value & nibble)
                & Vector128.Shuffle(Vector128.LoadUnsafe(ref table, (place * 32) + 16), (value.AsUInt16() >> 4).AsByte() & nibble);
        }

        return ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
    }

    private ulong CandidatesOneByOne(ref byte bytes)
    {
        ulong found = 0;
        for (int at = 0; at < 64; at++)
        {
            if (BucketsAt(ref Unsafe.Add(ref bytes, at)) != 0)
                found |= 1UL << at;
        }

        return found;
    }

    /// <summary>The buckets that accept the four bytes at a place.</summary>
    public int BucketsAt(ref byte bytes) =>
        _accepts[bytes] & _accepts[256 + Unsafe.Add(ref bytes, 1)] & _accepts[512 + Unsafe.Add(ref bytes, 2)] & _accepts[768 + Unsafe.Add(ref bytes, 3)];

    // Begins with neighbours together in up to 32 clusters, and joins the two neighbours that lose least by it until eight are left.
    private static (List<int> Windows, ByteWindow All)[] Spread(IReadOnlyList<ByteWindow> windows)
    {
        List<(List<int> Windows, ByteWindow All)> clusters = [];
        int size = ((windows.Count - 1) / MaxClusters) + 1;
        for (int i = 0; i < windows.Count; i++)
        {
            if (i % size == 0)
                clusters.Add(([], windows[i]));
            clusters[^1].Windows.Add(i);
            clusters[^1] = (clusters[^1].Windows, clusters[^1].All.Or(windows[i]));
        }

        List<float> shares = [.. clusters.Select(static cluster => cluster.All.Share())];
        List<float> together = [.. Enumerable.Range(0, clusters.Count - 1).Select(Together)]; // of a cluster and the next
        while (clusters.Count > Buckets)
        {
            int cheapest = Enumerable.Range(0, together.Count).MinBy(i => together[i] - shares[i] - shares[i + 1]);
            clusters[cheapest].Windows.AddRange(clusters[cheapest + 1].Windows);
            clusters[cheapest] = (clusters[cheapest].Windows, clusters[cheapest].All.Or(clusters[cheapest + 1].All));
            shares[cheapest] = together[cheapest];
            clusters.RemoveAt(cheapest + 1);
            shares.RemoveAt(cheapest + 1);
            together.RemoveAt(cheapest);
            if (cheapest < together.Count)
                together[cheapest] = Together(cheapest);
            if (cheapest > 0)
                together[cheapest - 1] = Together(cheapest - 1);
        }

        return [.. clusters];

        float Together(int i) => clusters[i].All.Or(clusters[i + 1].All).Share();
    }
}
