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

    /// <summary>A folded copy of a text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) => Fold(source, folded));

    private static Rune Fold(Rune rune) => rune.Value switch
    {
        'İ' or 'ı' => rune,
        'ſ' => new Rune('s'), // the framework maps no letter into ASCII, Unicode does
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)),
    };

    private static char[] CreateTable()
    {
        var table = new char[char.MaxValue + 1];
        for (int unit = 0; unit < table.Length; unit++)
            table[unit] = Rune.TryCreate(unit, out Rune rune) ? (char)Fold(rune).Value : (char)unit;
        return table;
    }
}
