using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    // The only unit of Latin-1 that folds to one outside of it; all forms have its byte.
    private const char MicroSign = '\u00B5';
    private const char GreekMu = '\u03BC';

    // What tells small letters from capitals there.
    private const ushort IgnoredOfLatin1 = 0x20;
    private const ushort IgnoredOfFullWidth = 0x60;

    // For each high byte of a unit which bits of the low one count; the highest where units are to be looked up in the table. Of halves of
    // surrogate pairs none do: folding keeps the high byte of each half and may change the rest.
    private static readonly byte[] Pages = CreatePages();
    private static readonly byte[] Table = CreateTable();

    /// <summary>The byte of a code unit.</summary>
    public static byte Of(char unit) => Table[unit];

    /// <summary>Fills in the bytes of a stretch of text.</summary>
    public static void Fill(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        ref ushort source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte target = ref MemoryMarshal.GetReference(bytes[..text.Length]);
        int done = Avx512Vbmi.IsSupported ? Fill512(ref source, ref target, text.Length) : 0;
        for (; done <= text.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref source, (nuint)done);
            var second = Vector256.LoadUnsafe(ref source, (nuint)(done + Vector256<ushort>.Count));
            Vector256<byte> low = Vector256.Narrow(first, second);
            // A to Z, moved to the bottom of the signed bytes, are the ones below the 27th of them.
            Vector256<byte> upper = Vector256.LessThan((low + Vector256.Create((byte)(0x80 - 'A'))).AsSByte(), Vector256.Create((sbyte)(-128 + 26))).AsByte();
            (low | (upper & Vector256.Create((byte)0x20))).StoreUnsafe(ref target, (nuint)done);
            if (((first | second) & Vector256.Create((ushort)0xFF80)) != Vector256<ushort>.Zero)
                FillOthers(ref Unsafe.Add(ref source, done), ref Unsafe.Add(ref target, done));
        }

        for (; done < text.Length; done++)
            bytes[done] = Table[text[done]];
    }

    // The same, 64 at once. Returns how many it has done.
    private static int Fill512(ref ushort source, ref byte target, int length)
    {
        var even = Vector512.CreateSequence((byte)0, (byte)2);
        int done = 0;
        for (; done <= length - Vector512<byte>.Count; done += Vector512<byte>.Count)
        {
            var first = Vector512.LoadUnsafe(ref source, (nuint)done);
            var second = Vector512.LoadUnsafe(ref source, (nuint)(done + Vector512<ushort>.Count));
            Vector512<byte> low = Avx512Vbmi.PermuteVar64x8x2(first.AsByte(), even, second.AsByte());
            Vector512<byte> upper = Vector512.LessThan(low - Vector512.Create((byte)'A'), Vector512.Create((byte)26));
            Vector512<byte> folded = low | (upper & Vector512.Create((byte)0x20));
            if (((first | second) & Vector512.Create((ushort)0xFF80)) == Vector512<ushort>.Zero)
            {
                folded.StoreUnsafe(ref target, (nuint)done);
                continue;
            }

            Vector512<byte> high = Avx512Vbmi.PermuteVar64x8x2(first.AsByte(), even + Vector512<byte>.One, second.AsByte());
            Vector512<byte> page = PagesOf(high);
            Vector512<byte> shared = (((low & page) ^ (high + high)) & Vector512.Create((byte)0x7F)) | Vector512.Create((byte)0x80);
            Vector512<byte> isAscii = Vector512.Equals(high | (low & Vector512.Create((byte)0x80)), Vector512<byte>.Zero);
            Vector512.ConditionalSelect(isAscii, folded, shared).StoreUnsafe(ref target, (nuint)done);
            ulong left = (page & ~isAscii).ExtractMostSignificantBits();
            if (left != 0)
                LookUp(ref Unsafe.Add(ref source, done), ref Unsafe.Add(ref target, done), left);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> PagesOf(Vector512<byte> high)
    {
        ref byte pages = ref MemoryMarshal.GetArrayDataReference(Pages);
        Vector512<byte> below = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadUnsafe(ref pages), high, Vector512.LoadUnsafe(ref pages, 64));
        Vector512<byte> above = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadUnsafe(ref pages, 128), high, Vector512.LoadUnsafe(ref pages, 192));
        return Vector512.ConditionalSelect(Vector512.LessThan(high.AsSByte(), Vector512<sbyte>.Zero).AsByte(), above, below);
    }

    // Puts right what is not ASCII among 32 units: most by the same steps for all of them, the others by the table.
    private static void FillOthers(ref ushort source, ref byte target)
    {
        var first = Vector256.LoadUnsafe(ref source);
        var second = Vector256.LoadUnsafe(ref source, (nuint)Vector256<ushort>.Count);
        var ascii = Vector256.Create((ushort)0x7F);
        Vector256<byte> isOther = Vector256.Narrow(Vector256.GreaterThan(first, ascii), Vector256.GreaterThan(second, ascii));
        Vector256.ConditionalSelect(isOther, Vector256.Narrow(Shared(first), Shared(second)), Vector256.LoadUnsafe(ref target)).StoreUnsafe(ref target);
        uint left = (isOther & ~Vector256.Narrow(HasNoTable(first), HasNoTable(second))).ExtractMostSignificantBits();
        if (left != 0)
            LookUp(ref source, ref target, left);
    }

    private static void LookUp(ref ushort source, ref byte target, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            int at = BitOperations.TrailingZeroCount(places);
            Unsafe.Add(ref target, at) = Table[Unsafe.Add(ref source, at)];
        }
    }

    // All whose pages have none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> HasNoTable(Vector256<ushort> units) =>
        Vector256.LessThan(units, Vector256.Create((ushort)0x100)) | IsWithin(units, 0x2000, 0x20FF) | IsWithin(units, 0x2500, 0x2BFF)
        | IsWithin(units, 0x2E00, 0xA5FF) | IsWithin(units, 0xAC00, 0xFAFF) | IsWithin(units, 0xFE00, 0xFFFF);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> IsWithin(Vector256<ushort> units, ushort least, ushort most) =>
        Vector256.LessThanOrEqual(units - Vector256.Create(least), Vector256.Create((ushort)(most - least)));

    // The same as for one unit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Shared(Vector256<ushort> units)
    {
        Vector256<ushort> page = units & Vector256.Create((ushort)0xFF00);
        Vector256<ushort> ignored = (Vector256.Equals(page, Vector256<ushort>.Zero) & Vector256.Create(IgnoredOfLatin1))
            | (Vector256.Equals(page, Vector256.Create((ushort)0xFF00)) & Vector256.Create(IgnoredOfFullWidth))
            | Vector256.Equals(units & Vector256.Create((ushort)0xF800), Vector256.Create((ushort)0xD800));
        return (((units & ~ignored) ^ (units >> 8 << 1)) & Vector256.Create((ushort)0x7F)) | Vector256.Create((ushort)0x80);
    }

    private static byte Shared(char folded)
    {
        int unit = folded == GreekMu ? MicroSign : folded;
        return (byte)(0x80 | (((unit & Pages[unit >> 8]) ^ (unit >> 8 << 1)) & 0x7F));
    }

    private static byte[] CreatePages()
    {
        var pages = new byte[256];
        for (int page = 0; page < pages.Length; page++)
        {
            int kept = page switch
            {
                0 => 0x7F & ~IgnoredOfLatin1,
                0xFF => 0x7F & ~IgnoredOfFullWidth,
                >= 0xD8 and <= 0xDF => 0,
                _ => 0x7F,
            };
            pages[page] = (byte)(HasTable(page) ? kept | 0x80 : kept);
        }

        return pages;
    }

    // Latin-1, punctuation, symbols, kana, ideographs, Hangul, surrogates and forms of full width need none.
    private static bool HasTable(int page) =>
        page is not (0 or 0x20 or (>= 0x25 and <= 0x2B) or (>= 0x2E and <= 0xA5) or (>= 0xAC and <= 0xFA) or 0xFE or 0xFF);

    private static byte[] CreateTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (int unit = 0; unit < table.Length; unit++)
        {
            char folded = CaseFolding.Of((char)unit);
            table[unit] = folded < 0x80 ? (byte)folded : Shared(folded);
        }

        return table;
    }
}
