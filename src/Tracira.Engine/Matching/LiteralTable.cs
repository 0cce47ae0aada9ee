using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>Tells which literals have a window of some bytes at a place, and confirms them there: a hash table behind a bitmap of hashes.</summary>
internal sealed class LiteralTable
{
    private const int Tail = 4;
    private readonly Literal[] _literals;
    private readonly ulong _mask;
    private readonly ulong[] _bitmap;
    private readonly int _bitmapShift;
    private readonly int[] _slots; // hash → first entry, -1 where none
    private readonly int _slotShift;
    private readonly Entry[] _entries;

    /// <param name="literals">All literals; entries refer to them by index.</param>
    /// <param name="windows">The windows of those in the table: a literal may have several, and each of them is enough.</param>
    /// <param name="width">How long a window is: 4 to 8.</param>
    public LiteralTable(Literal[] literals, IReadOnlyList<(int Literal, int Offset)> windows, int width)
    {
        _literals = literals;
        _mask = ulong.MaxValue >> (64 - (8 * width));
        _entries = new Entry[windows.Count];
        int bits = Math.Clamp(BitOperations.Log2((uint)Math.Max(windows.Count, 1)) + 7, 12, 18);
        _bitmap = new ulong[1 << (bits - 6)];
        _bitmapShift = 32 - bits;
        int slotBits = BitOperations.Log2((uint)Math.Max(windows.Count, 1)) + 2;
        _slots = new int[1 << slotBits];
        Array.Fill(_slots, -1);
        _slotShift = 32 - slotBits;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < windows.Count; i++)
        {
            (int literal, int offset) = windows[i];
            string text = literals[literal].Text;
            bytes.Clear();
            FoldedBytes.Fill(text.AsSpan(offset, width), bytes);
            ulong window = MemoryMarshal.Read<ulong>(bytes);
            FoldedBytes.Fill(text.AsSpan(text.Length - Tail), bytes);
            uint hash = Hash(window);
            _bitmap[hash >> _bitmapShift >> 6] |= 1UL << (int)(hash >> _bitmapShift & 63);
            ref int slot = ref _slots[hash >> _slotShift];
            _entries[i] = new Entry(window, MemoryMarshal.Read<uint>(bytes), literal, offset, text.Length - Tail - offset, slot);
            slot = i;
        }
    }

    /// <summary>Whether some literal may have this window. False is certain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(ref byte place)
    {
        uint bit = Hash(Unsafe.ReadUnaligned<ulong>(ref place) & _mask) >> _bitmapShift;
        return (Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bitmap), bit >> 6) >> (int)(bit & 63) & 1) != 0;
    }

    /// <summary>Notes the literals that have their window at a place and are there.</summary>
    /// <returns>False where the one who notes has heard enough.</returns>
    public bool Confirm<TSeen>(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes, int at, ref TSeen seen)
        where TSeen : ISeenLiterals, allows ref struct
    {
        ulong window = MemoryMarshal.Read<ulong>(bytes[at..]) & _mask;
        for (int i = _slots[Hash(window) >> _slotShift]; i >= 0; i = _entries[i].Next)
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

    private static uint Hash(ulong window) => (uint)((window * 0x9E3779B97F4A7C15) >> 32);

    /// <param name="Window">The window's bytes.</param>
    /// <param name="Ending">The literal's last four bytes.</param>
    /// <param name="Literal">Its index.</param>
    /// <param name="Offset">Where in the literal the window is.</param>
    /// <param name="ToTail">From the window to the last four bytes.</param>
    /// <param name="Next">The next entry with the same slot; -1 where none.</param>
    private readonly record struct Entry(ulong Window, uint Ending, int Literal, int Offset, int ToTail, int Next);
}
