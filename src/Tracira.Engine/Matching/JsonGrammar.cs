namespace Tracira;

/// <summary>
/// Tells how long the JSON value is that a text begins with. Utf8JsonReader would tell as well, but by throwing where there is none,
/// which allocates and takes some 20 microseconds, and outputs that are not JSON are nothing exceptional here.
/// </summary>
internal static class JsonGrammar
{
    /// <summary>The length of the JSON value (RFC 8259, at most <see cref="JsonText.MaxDepth"/> levels) at the beginning; 0 where there is none.</summary>
    public static int ValueLength(ReadOnlySpan<byte> text)
    {
        Span<bool> isObject = stackalloc bool[JsonText.MaxDepth];
        int depth = 0;
        int at = 0;
        while (true)
        {
            at += Space(text[at..]);
            if (at == text.Length)
                return 0;
            if (text[at] is (byte)'{' or (byte)'[')
            {
                if (depth == JsonText.MaxDepth)
                    return 0;
                isObject[depth++] = text[at] == '{';
                at++;
                at += Space(text[at..]);
                if (at == text.Length)
                    return 0;
                if (text[at] != (isObject[depth - 1] ? '}' : ']'))
                {
                    if (isObject[depth - 1] && !Name(text, ref at))
                        return 0;
                    continue;
                }
            }
            else
            {
                int scalar = Scalar(text[at..]);
                if (scalar == 0)
                    return 0;
                at += scalar;
            }

            // A value has ended, or an empty container is about to: go up until another value follows.
            while (true)
            {
                if (depth == 0)
                    return at;
                at += Space(text[at..]);
                if (at == text.Length)
                    return 0;
                bool inObject = isObject[depth - 1];
                byte next = text[at++];
                if (next == (inObject ? '}' : ']'))
                {
                    depth--;
                }
                else if (next == ',')
                {
                    at += Space(text[at..]);
                    if (inObject && !Name(text, ref at))
                        return 0;
                    break;
                }
                else
                {
                    return 0;
                }
            }
        }
    }

    /// <summary>How much white space a text begins with.</summary>
    public static int Space(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(" \t\r\n"u8);
        return length < 0 ? text.Length : length;
    }

    private static bool Name(ReadOnlySpan<byte> text, ref int at)
    {
        int name = String(text[at..]);
        at += name;
        at += Space(text[at..]);
        return name > 0 && at < text.Length && text[at++] == ':';
    }

    private static int Scalar(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'"' => String(text),
        (byte)'t' => text.StartsWith("true"u8) ? 4 : 0,
        (byte)'f' => text.StartsWith("false"u8) ? 5 : 0,
        (byte)'n' => text.StartsWith("null"u8) ? 4 : 0,
        _ => Number(text),
    };

    private static int String(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '"')
            return 0;
        int at = 1;
        while (true)
        {
            int special = text[at..].IndexOfAny(Specials);
            if (special < 0)
                return 0;
            at += special;
            if (text[at] == '"')
                return at + 1;
            int escape = text[at] == '\\' ? Escape(text[at..]) : 0;
            if (escape == 0)
                return 0;
            at += escape;
        }
    }

    // An escaped surrogate without its other half is taken as no JSON: it stands for no character.
    private static int Escape(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return 0;
        if ("\"\\/bfnrt"u8.Contains(text[1]))
            return 2;
        int unit = Unit(text);
        if (unit is -1 or (>= 0xDC00 and <= 0xDFFF))
            return 0;
        if (unit is < 0xD800 or > 0xDBFF)
            return 6;
        return Unit(text[6..]) is >= 0xDC00 and <= 0xDFFF ? 12 : 0;
    }

    private static int Unit(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && System.Buffers.Text.Utf8Parser.TryParse(text[2..6], out ushort unit, out int used, 'x') && used == 4
            ? unit
            : -1;

    private static int Number(ReadOnlySpan<byte> text)
    {
        int at = text[0] == '-' ? 1 : 0;
        int whole = Digits(text[at..]);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
            return 0;
        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = Digits(text[(at + 1)..]);
            if (fraction == 0)
                return 0;
            at += 1 + fraction;
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            int sign = at + 1 < text.Length && text[at + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            int exponent = Digits(text[Math.Min(at + 1 + sign, text.Length)..]);
            if (exponent == 0)
                return 0;
            at += 1 + sign + exponent;
        }

        // What follows a number must not go on as a word would.
        return at < text.Length && !" \t\r\n,]}"u8.Contains(text[at]) ? 0 : at;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length : length;
    }

    // A quote, a backslash, and the control characters that JSON strings must escape.
    private static readonly System.Buffers.SearchValues<byte> Specials =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static control => (byte)control), (byte)'"', (byte)'\\']);
}
