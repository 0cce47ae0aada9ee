using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tracira;

/// <summary>What 64 code units in a row are to JSON: a bit for each, the lowest for the first.</summary>
internal readonly struct JsonUnits
{
    /// <summary>How many code units are looked at together.</summary>
    public const int Count = 64;

    /// <summary><c>"</c></summary>
    public ulong Quotes { get; private init; }

    /// <summary><c>\</c></summary>
    public ulong Backslashes { get; private init; }

    /// <summary>Control characters, which a string must not hold.</summary>
    public ulong Controls { get; private init; }

    /// <summary>Brackets, braces, colons and commas; maybe control characters, which are nowhere in JSON but for white space.</summary>
    public ulong Operators { get; private init; }

    /// <summary>White space.</summary>
    public ulong Spaces { get; private init; }

    /// <summary>Halves of surrogate pairs.</summary>
    public ulong Halves { get; private init; }

    /// <summary>Looks at code units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static JsonUnits Of(ref ushort units)
    {
        if (Avx512BW.IsSupported)
            return Of512(ref units);
        return Avx2.IsSupported ? Of256(ref units, 0, Of256(ref units, 32, default)) : Of128(ref units);
    }

    // The units as bytes; those beyond ASCII become one that JSON has no use for. The tables hold, for each low half of a byte, the one
    // space or operator that has it; of { and [, and of } and ], the other is meant as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static JsonUnits Of512(ref ushort units)
    {
        var first = Vector512.LoadUnsafe(ref units);
        var second = Vector512.LoadUnsafe(ref units, 32);
        var most = Vector512.Create((ushort)0xFF);
        Vector512<byte> bytes = Vector512.Narrow(Vector512.Min(first, most), Vector512.Min(second, most));
        var spaces = Vector512.Create(Vector256.Create(SpacesByHalf, SpacesByHalf), Vector256.Create(SpacesByHalf, SpacesByHalf));
        var operators = Vector512.Create(Vector256.Create(OperatorsByHalf, OperatorsByHalf), Vector256.Create(OperatorsByHalf, OperatorsByHalf));
        var surrogate = Vector512.Create((ushort)0xD800);
        var prefix = Vector512.Create((ushort)0xF800);
        return new JsonUnits
        {
            Quotes = Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits(),
            Backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits(),
            Controls = Vector512.LessThan(bytes, Vector512.Create((byte)' ')).ExtractMostSignificantBits(),
            Operators = Vector512.Equals(bytes | Vector512.Create((byte)0x20), Avx512BW.Shuffle(operators, bytes)).ExtractMostSignificantBits(),
            Spaces = Vector512.Equals(bytes, Avx512BW.Shuffle(spaces, bytes)).ExtractMostSignificantBits(),
            Halves = Vector512.Equals(first & prefix, surrogate).ExtractMostSignificantBits()
                | (Vector512.Equals(second & prefix, surrogate).ExtractMostSignificantBits() << 32),
        };
    }

    private static JsonUnits Of256(ref ushort units, nuint from, in JsonUnits behind)
    {
        var first = Vector256.LoadUnsafe(ref units, from);
        var second = Vector256.LoadUnsafe(ref units, from + 16);
        var most = Vector256.Create((ushort)0xFF);
        Vector256<byte> bytes = Vector256.Narrow(Vector256.Min(first, most), Vector256.Min(second, most));
        var spaces = Vector256.Create(SpacesByHalf, SpacesByHalf);
        var operators = Vector256.Create(OperatorsByHalf, OperatorsByHalf);
        var surrogate = Vector256.Create((ushort)0xD800);
        var prefix = Vector256.Create((ushort)0xF800);
        return new JsonUnits
        {
            Quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits() | (behind.Quotes << 32),
            Backslashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits() | (behind.Backslashes << 32),
            Controls = Vector256.LessThan(bytes, Vector256.Create((byte)' ')).ExtractMostSignificantBits() | (behind.Controls << 32),
            Operators = Vector256.Equals(bytes | Vector256.Create((byte)0x20), Avx2.Shuffle(operators, bytes)).ExtractMostSignificantBits() | (behind.Operators << 32),
            Spaces = Vector256.Equals(bytes, Avx2.Shuffle(spaces, bytes)).ExtractMostSignificantBits() | (behind.Spaces << 32),
            Halves = Vector256.Equals(first & prefix, surrogate).ExtractMostSignificantBits()
                | (Vector256.Equals(second & prefix, surrogate).ExtractMostSignificantBits() << 16) | (behind.Halves << 32),
        };
    }

    private static JsonUnits Of128(ref ushort units)
    {
        ulong quotes = 0;
        ulong backslashes = 0;
        ulong controls = 0;
        ulong operators = 0;
        ulong spaces = 0;
        ulong halves = 0;
        for (int from = 0; from < Count; from += Vector128<byte>.Count)
        {
            var first = Vector128.LoadUnsafe(ref units, (nuint)from);
            var second = Vector128.LoadUnsafe(ref units, (nuint)from + 8);
            var most = Vector128.Create((ushort)0xFF);
            Vector128<byte> bytes = Vector128.Narrow(Vector128.Min(first, most), Vector128.Min(second, most));
            Vector128<byte> half = bytes & Vector128.Create((byte)0x0F);
            var surrogate = Vector128.Create((ushort)0xD800);
            var prefix = Vector128.Create((ushort)0xF800);
            quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << from;
            backslashes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << from;
            controls |= (ulong)Vector128.LessThan(bytes, Vector128.Create((byte)' ')).ExtractMostSignificantBits() << from;
            operators |= (ulong)Vector128.Equals(bytes | Vector128.Create((byte)0x20), Vector128.Shuffle(OperatorsByHalf, half)).ExtractMostSignificantBits() << from;
            spaces |= (ulong)Vector128.Equals(bytes, Vector128.Shuffle(SpacesByHalf, half)).ExtractMostSignificantBits() << from;
            halves |= (ulong)Vector128.Equals(first & prefix, surrogate).ExtractMostSignificantBits() << from;
            halves |= (ulong)Vector128.Equals(second & prefix, surrogate).ExtractMostSignificantBits() << (from + 8);
        }

        return new JsonUnits { Quotes = quotes, Backslashes = backslashes, Controls = controls, Operators = operators, Spaces = spaces, Halves = halves };
    }

    private static Vector128<byte> SpacesByHalf => Vector128.Create((byte)' ', 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\t', (byte)'\n', 0, 0, (byte)'\r', 0, 0);

    private static Vector128<byte> OperatorsByHalf => Vector128.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)':', (byte)'{', (byte)',', (byte)'}', 0, 0);
}
