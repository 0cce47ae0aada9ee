using System.Buffers;
using System.Text.Unicode;

namespace Tracira;

/// <summary>Measures texts.</summary>
internal static class TextLength
{
    private static readonly SearchValues<char> HighSurrogates =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x400).Select(static unit => (char)unit)]);

    /// <summary>The length of a text in a unit.</summary>
    public static int Of(ReadOnlySpan<char> text, LengthUnit unit) => unit switch
    {
        LengthUnit.Characters => Characters(text),
        LengthUnit.Words => Words(text),
        LengthUnit.Lines => Lines(text),
        _ => Bytes(text),
    };

    private static int Characters(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        ReadOnlySpan<char> rest = text;
        for (int high = rest.IndexOfAny(HighSurrogates); high >= 0; high = rest.IndexOfAny(HighSurrogates))
        {
            rest = rest[(high + 1)..];
            if (!rest.IsEmpty && char.IsLowSurrogate(rest[0]))
                count--;
        }

        return count;
    }

    // Encoding.UTF8 would count as well, but makes an object for a text with a lone surrogate.
    private static int Bytes(ReadOnlySpan<char> text)
    {
        Span<byte> buffer = stackalloc byte[1024];
        int count = 0;
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, buffer, out int read, out int written);
            text = text[read..];
            count += written;
        }

        return count;
    }

    private static int Words(ReadOnlySpan<char> text)
    {
        int count = 0;
        bool inside = false;
        foreach (char unit in text)
        {
            bool space = char.IsWhiteSpace(unit);
            if (!space && !inside)
                count++;
            inside = !space;
        }

        return count;
    }

    private static int Lines(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        int breaks = 0;
        ReadOnlySpan<char> rest = text;
        for (int at = rest.IndexOfAny('\r', '\n'); at >= 0; at = rest.IndexOfAny('\r', '\n'))
        {
            int length = rest[at] == '\r' && at + 1 < rest.Length && rest[at + 1] == '\n' ? 2 : 1;
            rest = rest[(at + length)..];
            breaks++;
        }

        return breaks + 1;
    }
}
