using System.Globalization;
using System.Text;

namespace Tracira;

/// <summary>Tells whole words: what is bounded by something that is not a letter, digit, mark or connector (Unicode L, N, M, Pc).</summary>
internal static class WordBoundary
{
    /// <summary>Whether the place is a whole word of the text.</summary>
    public static bool Surrounds(ReadOnlySpan<char> text, int start, int length) =>
        (Rune.DecodeLastFromUtf16(text[..start], out Rune before, out _) != System.Buffers.OperationStatus.Done || !IsWord(before))
        && (Rune.DecodeFromUtf16(text[(start + length)..], out Rune after, out _) != System.Buffers.OperationStatus.Done || !IsWord(after));

    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherNumber => true, // Lu … Lo, Mn, Mc, Me, Nd, Nl, No come first in the enumeration
        UnicodeCategory.ConnectorPunctuation => true,
        _ => false,
    };
}
