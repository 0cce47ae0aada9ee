using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira;

/// <summary>
/// Texts with one byte for each UTF-16 code unit, so that a vector holds twice as many and case needs no thought: characters that fold to
/// the same one have the same byte. ASCII is itself in lower case; of the others many share a byte, so what is found in bytes is to be
/// confirmed in the text.
/// </summary>
internal static class FoldedBytes
{
    /// <summary>How many zero bytes are to follow the bytes of a text, so that it can be read in whole vectors to its end.</summary>
    public const int Padding = 80;

    private const byte LowSurrogate = 0x80;
    private const byte HighSurrogate = 0x81;
    private static readonly byte[] Table = CreateTable();

    /// <summary>The byte of a code unit.</summary>
    public static byte Of(char unit) => Table[unit];

    /// <summary>Fills in the bytes of a stretch of text.</summary>
    public static void Fill(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte target = ref MemoryMarshal.GetReference(bytes[..text.Length]);
        int done = 0;
        for (; done <= text.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref source, (nuint)done);
            var second = Vector256.LoadUnsafe(ref source, (nuint)(done + Vector256<ushort>.Count));
            Vector256<byte> low = Vector256.Narrow(first, second);
            // A to Z, moved to the bottom of the signed bytes, are the ones below the 27th of them.
            Vector256<byte> upper = Vector256.LessThan((low + Vector256.Create((byte)(0x80 - 'A'))).AsSByte(), Vector256.Create((sbyte)(-128 + 26))).AsByte();
            (low | (upper & Vector256.Create((byte)0x20))).StoreUnsafe(ref target, (nuint)done);
            if (((first | second) & Vector256.Create((ushort)0xFF80)) == Vector256<ushort>.Zero)
                continue;
            var ascii = Vector256.Create((ushort)0x7F);
            uint others = Vector256.Narrow(Vector256.GreaterThan(first, ascii), Vector256.GreaterThan(second, ascii)).ExtractMostSignificantBits();
            for (; others != 0; others &= others - 1)
            {
                int at = done + BitOperations.TrailingZeroCount(others);
                Unsafe.Add(ref target, at) = Table[Unsafe.Add(ref source, at)];
            }
        }

        for (; done < text.Length; done++)
            bytes[done] = Table[text[done]];
    }

    private static byte[] CreateTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (int unit = 0; unit < table.Length; unit++)
        {
            char folded = CaseFolding.Of((char)unit);
            table[unit] = folded < 0x80 ? (byte)folded
                : char.IsLowSurrogate(folded) ? LowSurrogate // folding changes it with the pair it belongs to
                : char.IsHighSurrogate(folded) ? HighSurrogate
                : (byte)(0x82 + ((folded ^ (folded >> 7)) % 0x7E));
        }

        return table;
    }
}
