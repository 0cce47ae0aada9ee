using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>Tells which literals have a window of some bytes at a place, and confirms them there: a hash table behind a Bloom filter of one word a window.</summary>
internal sealed class LiteralTable
{
    private const int Tail = 4;
    private const int None = 0; // no entry
    private const int FirstBit = 38; // where in a hash the six bits are that tell one bit of a word
    private const int SecondBit = 32;
    private readonly Literal[] _literals;
    private readonly ulong _mask;
    private readonly ulong[] _bitmap;
    private readonly int _bitmapShift;
    private readonly int[] _slots; // hash → first entry
    private readonly int _slotShift;
    private readonly Entry[] _entries; // from 1 on

    /// <param name="literals">All literals; entries refer to them by index.</param>
    /// <param name="windows">The windows of those in the table: a literal may have several, and each of them is enough.</param>
    /// <param name="width">How long a window is: 4 to 8.</param>
    public LiteralTable(Literal[] literals, IReadOnlyList<(int Literal, int Offset)> windows, int width)
    {
        _literals = literals;
        _mask = ulong.MaxValue >> (64 - (8 * width));
        _entries = new Entry[windows.Count + 1];
        int wordBits = Math.Clamp(BitOperations.Log2((uint)Math.Max(windows.Count, 1)) - 1, 6, 14);
        _bitmap = new ulong[1 << wordBits];
        _bitmapShift = 64 - wordBits;
        int slotBits = BitOperations.Log2((uint)Math.Max(windows.Count, 1)) + 2;
        _slots = new int[1 << slotBits];
        _slotShift = 64 - slotBits;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < windows.Count; i++)
        {
            (int literal, int offset) = windows[i];
            string text = literals[literal].Text;
            bytes.Clear();
            FoldedBytes.Fill(text.AsSpan(offset, width), bytes);
            ulong window = MemoryMarshal.Read<ulong>(bytes);
            FoldedBytes.Fill(text.AsSpan(text.Length - Tail), bytes);
            ulong hash = Hash(window);
            _bitmap[hash >> _bitmapShift] |= (1UL << (int)(hash >> FirstBit)) | (1UL << (int)(hash >> SecondBit));
            ref int slot = ref _slots[hash >> _slotShift];
            _entries[i + 1] = new Entry(window, MemoryMarshal.Read<uint>(bytes), literal, offset, text.Length - Tail - offset, slot);
            slot = i + 1;
        }
    }

    /// <summary>1 where some literal may have this window, and 0 where certainly none has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MayHave(ref byte place)
    {
        // Two bits of a word: of what is not in the table both are set far more seldom than one in a bitmap of the same size.
        ulong hash = Hash(Unsafe.ReadUnaligned<ulong>(ref place) & _mask);
        ulong word = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bitmap), (nuint)(hash >> _bitmapShift));
        return (int)((word >> (int)(hash >> FirstBit)) & (word >> (int)(hash >> SecondBit)) & 1);
    }

    /// <summary>Of places where some literal may have its window leaves those where one of the same hash has it, or several have the hash.</summary>
    /// <returns>How many are left.</returns>
    public int Narrow(ReadOnlySpan<byte> bytes, Span<int> places)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        ref Entry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        int left = 0;
        for (int i = 0; i < places.Length; i++)
        {
            // Without a branch, so that the processor waits for the memory of many places at once.
            int at = places[i];
            ulong window = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at)) & _mask;
            int slot = _slots[Hash(window) >> _slotShift];
            ref Entry entry = ref Unsafe.Add(ref entries, slot);
            places[left] = at;
            left += ((slot != None) & ((entry.Window == window) | (entry.Next != None))) ? 1 : 0;
        }

        return left;
    }

    /// <summary>Notes the literals that have their window at a place and are there.</summary>
    /// <returns>False where the one who notes has heard enough.</returns>
    public bool Confirm<TSeen>(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, int at, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        ulong window = MemoryMarshal.Read<ulong>(bytes[at..]) & _mask;
        for (int i = _slots[Hash(window) >> _slotShift]; i != None; i = _entries[i].Next)
        {
            ref readonly Entry entry = ref _entries[i];
            int start = at - entry.Offset;
            if (entry.Window != window || start < 0 || at + entry.ToTail + Tail > text.Length
                || MemoryMarshal.Read<uint>(bytes[(at + entry.ToTail)..]) != entry.Ending || seen.Has(entry.Literal))
            {
                continue;
            }

            if (_literals[entry.Literal].IsAt(text, start) && !seen.Add(entry.Literal))
                return false;
        }

        return true;
    }

    private static ulong Hash(ulong window) => window * 0x9E3779B97F4A7C15;

    /// <param name="Window">The window's bytes.</param>
    /// <param name="Ending">The literal's last four bytes.</param>
    /// <param name="Literal">Its index.</param>
    /// <param name="Offset">Where in the literal the window is.</param>
    /// <param name="ToTail">From the window to the last four bytes.</param>
    /// <param name="Next">The next entry with the same slot.</param>
    private readonly record struct Entry(ulong Window, uint Ending, int Literal, int Offset, int ToTail, int Next);
}
