using System.Globalization;

namespace Tracira;

/// <summary>What stands behind a backslash in a JSON string.</summary>
internal static class JsonEscapes
{
    /// <summary>The length of two escapes that are the halves of a surrogate pair.</summary>
    public const int PairLength = 2 * UnitLength;

    private const int UnitLength = 6;

    /// <summary>
    /// The length of the escape that a text begins with; 0 where it is none. An escaped surrogate without its other half is none: it
    /// stands for no character.
    /// </summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return 0;
        if (text[1] != 'u')
            return "\"\\/bfnrt".Contains(text[1]) ? 2 : 0;
        int unit = Unit(text);
        if (unit is -1 or (>= 0xDC00 and <= 0xDFFF))
            return 0;
        if (unit is < 0xD800 or > 0xDBFF)
            return UnitLength;
        return Unit(text[UnitLength..]) is >= 0xDC00 and <= 0xDFFF ? PairLength : 0;
    }

    /// <summary>Writes the text that a string's content, which is known to be well-formed, stands for.</summary>
    /// <param name="content">What is between the quotes.</param>
    /// <param name="text">Takes the text; at least as long as the content.</param>
    /// <returns>The length of the text.</returns>
    public static int Resolve(ReadOnlySpan<char> content, Span<char> text)
    {
        int length = 0;
        for (int plain = content.IndexOf('\\'); plain >= 0; plain = content.IndexOf('\\'))
        {
            content[..plain].CopyTo(text[length..]);
            length += plain;
            text[length++] = content[plain + 1] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)Unit(content[plain..]),
                char itself => itself,
            };
            content = content[(plain + (content[plain + 1] == 'u' ? UnitLength : 2))..];
        }

        content.CopyTo(text[length..]);
        return length + content.Length;
    }

    private static int Unit(ReadOnlySpan<char> text) =>
        text.Length >= UnitLength && text[0] == '\\' && text[1] == 'u'
        && ushort.TryParse(text[2..UnitLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? unit
            : -1;
}
