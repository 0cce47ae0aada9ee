using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira;

/// <summary>The digits at the beginning of a text, looked at together, as numbers come in all lengths and a loop would guess wrong at each.</summary>
internal readonly struct DigitRun
{
    /// <summary>How much text is looked at. All but the last unit of it may be counted.</summary>
    public const int Length = 16;

    /// <summary>How many digits can be made a number of at once.</summary>
    public const int MaxCount = 7;

    private readonly UInt128 _digits; // a byte for each unit, the lowest for the first
    private readonly uint _areDigits; // a bit for each

    /// <param name="text">At least as long as <see cref="Length"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DigitRun(ReadOnlySpan<char> text)
    {
        ref ushort units = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text[..Length]));
        var zero = Vector128.Create((ushort)'0');
        var most = Vector128.Create((ushort)0xFF);
        Vector128<byte> digits = Vector128.Narrow(
            Vector128.Min(Vector128.LoadUnsafe(ref units) - zero, most),
            Vector128.Min(Vector128.LoadUnsafe(ref units, 8) - zero, most));
        _areDigits = Vector128.LessThan(digits, Vector128.Create((byte)10)).ExtractMostSignificantBits();
        _digits = new UInt128(digits.AsUInt64()[1], digits.AsUInt64()[0]);
    }

    /// <summary>How many digits there are in a row from a unit on; more than <see cref="MaxCount"/> where there may be more of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CountFrom(int unit) => Math.Min(BitOperations.TrailingZeroCount(~(_areDigits >> unit)), MaxCount + 1);

    /// <summary>The number that so many digits from a unit on are, at least one and at most <see cref="MaxCount"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ValueFrom(int unit, int count)
    {
        // Leading zeros make it eight, of which neighbours are put together, and again, until they are one.
        ulong eight = (ulong)(_digits >> (8 * unit)) << (64 - (8 * count));
        eight = (eight * ((10 << 8) + 1)) >> 8;
        eight = ((eight & 0x00FF00FF00FF00FF) * ((100UL << 16) + 1)) >> 16;
        return (long)(((eight & 0x0000FFFF0000FFFF) * ((10_000UL << 32) + 1)) >> 32);
    }
}
