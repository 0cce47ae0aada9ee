using System.Text;

namespace Tracira;

/// <summary>
/// Makes texts comparable without regard to case: two characters are the same where Unicode's simple, culture-free mappings to upper and
/// then to lower case lead to the same one. So K, k and the Kelvin sign agree, as do Σ, σ and ς, or ẞ and ß; the dotted and the dotless
/// Turkish i stay themselves. A character keeps its length in UTF-16, so that positions in folded text are positions in the text.
/// </summary>
internal static class CaseFolding
{
    private static readonly char[] Table = CreateTable();

    /// <summary>Folds a text into a buffer of at least its length.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        int done = 0;
        while (done < text.Length)
        {
            // ASCII goes vectorised, and the rest by table, character by character, until ASCII comes again.
            Ascii.ToLower(text[done..], folded[done..], out int ascii);
            done += ascii;
            for (; done < text.Length && !char.IsAscii(text[done]); done++)
            {
                char unit = text[done];
                if (char.IsHighSurrogate(unit) && done + 1 < text.Length && char.IsLowSurrogate(text[done + 1]))
                {
                    Fold(new Rune(unit, text[done + 1])).EncodeToUtf16(folded[done..]);
                    done++;
                }
                else
                {
                    folded[done] = Table[unit];
                }
            }
        }
    }

    /// <summary>The folded form of a code unit that is not part of a pair.</summary>
    public static char Of(char unit) => Table[unit];

    /// <summary>Whether a stretch of a text, folded as part of the whole text, is a folded text of the same length.</summary>
    public static bool IsAt(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> folded)
    {
        // Most letters are small. Halves of pairs at the ends may be halves of other characters in the text.
        if (text.Slice(start, folded.Length).SequenceEqual(folded) && !char.IsLowSurrogate(folded[0]) && !char.IsHighSurrogate(folded[^1]))
            return true;
        for (int i = 0; i < folded.Length; i++)
        {
            char unit = text[start + i];
            if ((char.IsSurrogate(unit) ? FoldHalf(text, start + i) : Table[unit]) != folded[i])
                return false;
        }

        return true;
    }

    /// <summary>A folded copy of a text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) => Fold(source, folded));

    private static Rune Fold(Rune rune) => rune.Value switch
    {
        'İ' or 'ı' => rune,
        'ſ' => new Rune('s'), // the framework maps no letter into ASCII, Unicode does
        '\u1FD3' => new Rune('\u0390'), // these three pairs have no upper case of one character that would bring them together
        '\u1FE3' => new Rune('\u03B0'),
        '\uFB05' => new Rune('\uFB06'),
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)),
    };

    private static char FoldHalf(ReadOnlySpan<char> text, int at)
    {
        Span<char> pair = stackalloc char[2];
        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            Fold(new Rune(text[at], text[at + 1])).EncodeToUtf16(pair);
            return pair[0];
        }

        if (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]))
        {
            Fold(new Rune(text[at - 1], text[at])).EncodeToUtf16(pair);
            return pair[1];
        }

        return text[at];
    }

    private static char[] CreateTable()
    {
        var table = new char[char.MaxValue + 1];
        for (int unit = 0; unit < table.Length; unit++)
            table[unit] = Rune.TryCreate(unit, out Rune rune) ? (char)Fold(rune).Value : (char)unit;
        return table;
    }
}
