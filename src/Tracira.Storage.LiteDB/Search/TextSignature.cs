using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Which groups of three characters a text holds, as bits that many groups share: a text that lacks a bit of another's does not contain it,
/// in whatever case.
/// </summary>
internal static class TextSignature
{
    /// <summary>
    /// The bits of a signature. English of 800 characters sets a fifth of them, so that a word of ten letters meets one log in 100,000 that
    /// does not have it.
    /// </summary>
    public const int Bits = 2048;

    /// <summary>The words that hold them.</summary>
    public const int Words = Bits / 64;

    private const int Group = 3;
    private const byte Surrogate = 0x80; // case changes a pair and not its halves, so they are all the same
    private const int MaxAsked = 64; // more bits than these rule out no more logs

    private static readonly byte[] Folded = Fold();

    /// <summary>Tells signatures apart from those that another Tracira, or other tables of upper and lower case, have made.</summary>
    public static ulong Making { get; } = Folded.Aggregate(14695981039346656037UL ^ Bits, static (hash, folded) => (hash ^ folded) * 1099511628211UL);

    /// <summary>Makes a text's signature.</summary>
    public static void Write(string text, Span<ulong> signature)
    {
        signature[..Words].Clear();
        if (text.Length < Group)
            return;

        // A byte for each bit, pressed together at the end: setting bits one by one waits for the word that the one before was set in.
        Span<byte> seen = stackalloc byte[Bits];
        seen.Clear();
        ref byte first = ref MemoryMarshal.GetReference(seen);
        ref byte folded = ref MemoryMarshal.GetArrayDataReference(Folded);
        uint group = ((uint)Unsafe.Add(ref folded, text[0]) << 8) | Unsafe.Add(ref folded, text[1]);
        foreach (char unit in text.AsSpan(2))
        {
            group = (group << 8) | Unsafe.Add(ref folded, unit);
            Unsafe.Add(ref first, BitOf(group)) = byte.MaxValue;
        }

        for (int start = 0; start < Bits; start += Vector256<byte>.Count)
            signature[start / 64] |= (ulong)Vector256.LoadUnsafe(ref first, (nuint)start).ExtractMostSignificantBits() << start;
    }

    /// <summary>The bits that the signature of whatever contains a text has; none where the text is too short for that.</summary>
    public static int[] BitsOf(string text)
    {
        ulong[] signature = new ulong[Words];
        Write(text, signature);
        return [.. Enumerable.Range(0, Bits).Where(bit => Has(signature, bit)).Take(MaxAsked)];
    }

    /// <summary>Whether a signature has a bit.</summary>
    public static bool Has(ReadOnlySpan<ulong> signature, int bit) => ((signature[bit / 64] >> bit) & 1) != 0;

    /// <summary>The byte that a character shares with those that it equals without regard to case, and with others.</summary>
    public static byte FoldedOf(char unit) => Folded[unit];

    private static int BitOf(uint group) => (int)(((group << 8) * 0x9E3779B1) >> (32 - 11));

    private static byte[] Fold()
    {
        byte[] folded = new byte[char.MaxValue + 1];
        for (int unit = 0; unit < folded.Length; unit++)
        {
            char upper = char.ToUpperInvariant((char)unit);
            folded[unit] = char.IsSurrogate(upper) ? Surrogate : upper < Surrogate ? (byte)upper : (byte)(0x81 + ((upper ^ (upper >> 7)) % 0x7F));
        }

        return folded;
    }
}
