using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira;

/// <summary>
/// One byte for each code unit of a text, chosen so that each set in the patterns of a rule set is a set of bytes: ASCII is itself, and
/// other units share a byte where no pattern tells them apart. What is round the text has a byte too, so that anchors and word boundaries
/// are questions about the bytes on both sides of a place.
/// </summary>
internal sealed class RegexAlphabet
{
    /// <summary>Before and behind a text.</summary>
    public const byte Outside = 0xFF;

    /// <summary>A line feed that ends the text: <c>$</c> holds before it too. In every set that has a line feed.</summary>
    public const byte LastLineFeed = 0xFE;

    /// <summary>How many bytes of <see cref="Outside"/> follow a text, so that it can be read in whole vectors to its end.</summary>
    public const int Padding = 80;

    /// <summary>The map of an alphabet to itself.</summary>
    public static readonly byte[] Same = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(static value => (byte)value)];

    private const int PageBits = 8;
    private const byte FirstShared = 0x80; // the first byte that stands for units beyond ASCII
    private readonly byte[] _pages; // which page the units of a high byte are on
    private readonly byte[] _bytes; // the pages, equal ones only once
    private readonly char[] _sample; // byte − 128 → one of its units
    private readonly Dictionary<CharSet, ByteSet> _sets;

    private RegexAlphabet(byte[] byteOf, int shared, IEnumerable<CharSet> sets)
    {
        _sample = new char[shared];
        for (int unit = char.MaxValue; unit >= FirstShared; unit--)
            _sample[byteOf[unit] - FirstShared] = (char)unit;
        _pages = new byte[1 << PageBits];
        List<int> starts = [];
        for (int page = 0; page < _pages.Length; page++)
        {
            int start = page << PageBits;
            int same = starts.FindIndex(other => byteOf.AsSpan(other, 1 << PageBits).SequenceEqual(byteOf.AsSpan(start, 1 << PageBits)));
            _pages[page] = (byte)(same >= 0 ? same : starts.Count);
            if (same < 0)
                starts.Add(start);
        }

        _bytes = [.. starts.SelectMany(start => byteOf.AsSpan(start, 1 << PageBits).ToArray())];
        _sets = sets.ToDictionary(static set => set, BytesOf);
    }

    /// <summary>The bytes of a set that a pattern of the builder has.</summary>
    public ByteSet Of(CharSet set) => _sets[set];

    /// <summary>For each byte of this alphabet one of another with the same units, as far as sets that both have can tell.</summary>
    public byte[] MapTo(RegexAlphabet other)
    {
        byte[] map = [.. Same];
        for (int i = 0; i < _sample.Length; i++)
            map[FirstShared + i] = other.ByteOf(_sample[i]);
        return map.AsSpan().SequenceEqual(Same) ? Same : map;
    }

    /// <summary>Whether there are bytes enough for the sets of a pattern.</summary>
    public static bool Holds(RegexNode pattern)
    {
        CharSet[] sets = [.. pattern.Sets.Where(static set => set.Ranges is [.., { Last: >= (char)FirstShared }]).Distinct()];
        // So few sets tell no more kinds of units apart than there are bytes.
        return sets.Length <= 6 || new Builder().TryAdd(pattern);
    }

    private ByteSet BytesOf(CharSet set)
    {
        ulong first = 0;
        ulong second = 0;
        foreach ((char from, char to) in set.Ranges)
        {
            for (int unit = from; unit <= to && unit < FirstShared; unit++)
            {
                if (unit < 64)
                    first |= 1UL << unit;
                else
                    second |= 1UL << (unit - 64);
            }
        }

        var bytes = new ByteSet(first, second, 0, 0);
        for (int i = 0; i < _sample.Length; i++)
        {
            if (set.Contains(_sample[i]))
                bytes |= ByteSet.Of((byte)(FirstShared + i));
        }

        return bytes.Contains((byte)'\n') ? bytes | ByteSet.Of(LastLineFeed) : bytes;
    }

    /// <summary>Fills in the bytes of a text: one of what is outside, the text, and outside to the end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">As long as the text, and one and <see cref="Padding"/> more.</param>
    public void Fill(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes[0] = Outside;
        bytes[(text.Length + 1)..].Fill(Outside);
        FillInside(text, bytes.Slice(1, text.Length));
        if (text.Length > 0 && text[^1] == '\n')
            bytes[text.Length] = LastLineFeed;
    }

    private void FillInside(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte target = ref MemoryMarshal.GetReference(bytes);
        int done = 0;
        for (; done <= text.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref source, (nuint)done);
            var second = Vector256.LoadUnsafe(ref source, (nuint)(done + Vector256<ushort>.Count));
            Vector256.Narrow(first, second).StoreUnsafe(ref target, (nuint)done);
            if (((first | second) & Vector256.Create((ushort)0xFF80)) == Vector256<ushort>.Zero)
                continue;
            var ascii = Vector256.Create((ushort)0x7F);
            uint others = Vector256.Narrow(Vector256.GreaterThan(first, ascii), Vector256.GreaterThan(second, ascii)).ExtractMostSignificantBits();
            for (; others != 0; others &= others - 1)
            {
                int at = done + BitOperations.TrailingZeroCount(others);
                Unsafe.Add(ref target, at) = ByteOf(Unsafe.Add(ref source, at));
            }
        }

        for (; done < text.Length; done++)
            bytes[done] = ByteOf(text[done]);
    }

    private byte ByteOf(ushort unit) => _bytes[(_pages[unit >> PageBits] << PageBits) + (unit & ((1 << PageBits) - 1))];

    /// <summary>Gathers the sets of all patterns.</summary>
    public sealed class Builder
    {
        private const int MaxShared = LastLineFeed - FirstShared;
        private readonly byte[] _byteOf = new byte[char.MaxValue + 1];
        private readonly int[] _counts = new int[byte.MaxValue + 1]; // byte → how many units have it
        private readonly HashSet<CharSet> _known = [];
        private int _shared = 1;

        public Builder()
        {
            Array.Fill(_byteOf, FirstShared);
            for (byte unit = 0; unit < FirstShared; unit++)
                _byteOf[unit] = unit;
            _counts[FirstShared] = char.MaxValue + 1 - FirstShared;
        }

        /// <summary>Makes the sets of a pattern ones of bytes.</summary>
        /// <returns>False where there are no bytes left for them.</returns>
        public bool TryAdd(RegexNode pattern) => pattern.Sets.All(TryAdd);

        private bool TryAdd(CharSet set)
        {
            if (!_known.Add(set))
                return true;
            // What is not in a set tells units apart as well as what is; the fewer are walked over.
            CharSet other = set.Complement();
            CharSet fewer = set.Count < other.Count ? set : other;
            Span<int> inside = stackalloc int[byte.MaxValue + 1];
            inside.Clear();
            foreach ((char first, char last) in fewer.Ranges)
            {
                for (int unit = Math.Max(first, (char)FirstShared); unit <= last; unit++)
                    inside[_byteOf[unit]]++;
            }

            Span<byte> split = stackalloc byte[byte.MaxValue + 1];
            split.Clear();
            int shared = _shared;
            for (int value = FirstShared; value < FirstShared + _shared; value++)
            {
                if (inside[value] == 0 || inside[value] == _counts[value])
                    continue;
                if (shared == MaxShared)
                    return !_known.Remove(set);
                split[value] = (byte)(FirstShared + shared++);
            }

            if (shared == _shared)
                return true;
            foreach ((char first, char last) in fewer.Ranges)
            {
                for (int unit = Math.Max(first, (char)FirstShared); unit <= last; unit++)
                {
                    byte before = _byteOf[unit];
                    if (split[before] == 0)
                        continue;
                    _byteOf[unit] = split[before];
                    _counts[before]--;
                    _counts[split[before]]++;
                }
            }

            _shared = shared;
            return true;
        }

        /// <summary>The alphabet of all sets added.</summary>
        public RegexAlphabet Build() => new(_byteOf, _shared, _known);
    }
}
