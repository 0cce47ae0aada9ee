using System.Runtime.CompilerServices;

namespace Tracira;

/// <summary>Goes over the marks of a text and tells whether they are JSON (RFC 8259, at most <see cref="JsonText.MaxDepth"/> levels).</summary>
internal static class JsonGrammar
{
    // What a value, a comma, a name and a colon take at most.
    private const int Ahead = 8;

    // A bit for each unit up to the comma; for ] the one of } will do.
    private const ulong EndBits = (1UL << ',') | (1UL << ' ') | (1UL << '\n') | (1UL << '\r') | (1UL << '\t');

    /// <summary>The length of the JSON value that the first mark begins; 0 where there is none.</summary>
    /// <param name="text">The text that is marked.</param>
    /// <param name="marks">Its marks.</param>
    /// <param name="ends">Takes for each mark that opens an object or array the one that closes it.</param>
    public static int ValueLength(ReadOnlySpan<char> text, ref JsonMarks marks, Span<int> ends)
    {
        Span<int> open = stackalloc int[JsonText.MaxDepth];
        ulong objects = 0; // a bit for each level, the lowest for the innermost: whether it is an object
        int depth = 0;
        int at = 0;
        while (true)
        {
            marks.Need(at + Ahead);
            int last = 1;
            char unit = marks.UnitAt(at);
            if (unit == '"')
            {
                if (marks.UnitAt(at + 1) != '"')
                    return 0;
                at += 2;
            }
            else if (unit is '{' or '[')
            {
                if (depth == JsonText.MaxDepth)
                    return 0;
                open[depth++] = at++;
                objects = (objects << 1) | (unit == '{' ? 1u : 0u);
                if (marks.UnitAt(at) != Closing(objects))
                {
                    if (!IsName(ref marks, objects, ref at))
                        return 0;
                    continue;
                }
            }
            else
            {
                last = Scalar(text[marks.PlaceOf(at++)..]);
                if (last == 0)
                    return 0;
            }

            // A value has ended, or an empty container is about to: go up until another value follows.
            while (true)
            {
                if (depth == 0)
                    return marks.PlaceOf(at - 1) + last - marks.PlaceOf(0);
                marks.Need(at + Ahead);
                unit = marks.UnitAt(at++);
                if (unit == ',')
                {
                    if (!IsName(ref marks, objects, ref at))
                        return 0;
                    break;
                }

                if (unit != Closing(objects))
                    return 0;
                ends[open[--depth]] = at - 1;
                objects >>= 1;
                last = 1;
            }
        }
    }

    /// <summary>How much white space a text begins with.</summary>
    public static int Space(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(" \t\r\n");
        return length < 0 ? text.Length : length;
    }

    /// <summary>Whether a unit is one that a value can begin with.</summary>
    public static bool IsBeginning(char unit) => unit is '{' or '[' or '"' or '-' or (>= '0' and <= '9') or 't' or 'f' or 'n';

    /// <summary>Whether a unit is one that a number or word can end before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEnd(char unit) => (unit | 0x20) == '}' || (unit <= ',' && (EndBits >> unit & 1) != 0);

    private static char Closing(ulong objects) => (objects & 1) != 0 ? '}' : ']';

    // In an object a name and a colon must come before a value; in an array nothing.
    private static bool IsName(ref JsonMarks marks, ulong objects, ref int at)
    {
        if ((objects & 1) == 0)
            return true;
        at += 3;
        return marks.UnitAt(at - 3) == '"' && marks.UnitAt(at - 2) == '"' && marks.UnitAt(at - 1) == ':';
    }

    private static int Scalar(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        if (text.Length > DigitRun.Length && IsPlainNumber(text, out int plain))
            return plain;
        int length = text[0] switch
        {
            't' => text.StartsWith("true") ? 4 : 0,
            'f' => text.StartsWith("false") ? 5 : 0,
            'n' => text.StartsWith("null") ? 4 : 0,
            _ => Number(text),
        };
        return length == text.Length || IsEnd(text[length]) ? length : 0;
    }

    // A number of few digits without an exponent, as most are, takes the same steps whatever its length.
    private static bool IsPlainNumber(ReadOnlySpan<char> text, out int length)
    {
        int sign = text[0] == '-' ? 1 : 0;
        var run = new DigitRun(text[sign..]);
        int whole = run.CountFrom(0);
        bool hasPoint = text[sign + whole] == '.';
        int fraction = hasPoint ? run.CountFrom(whole + 1) : 0;
        length = sign + whole + fraction + (hasPoint ? 1 : 0);
        return whole is > 0 and <= DigitRun.MaxCount && fraction <= DigitRun.MaxCount && (!hasPoint || fraction > 0)
            && (whole == 1 || text[sign] != '0') && IsEnd(text[length]);
    }

    private static int Number(ReadOnlySpan<char> text)
    {
        int at = text[0] == '-' ? 1 : 0;
        int whole = Digits(text, at);
        if (whole == at || (whole > at + 1 && text[at] == '0'))
            return 0;
        at = whole;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = Digits(text, at + 1);
            if (fraction == at + 1)
                return 0;
            at = fraction;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            at += at < text.Length && text[at] is '+' or '-' ? 1 : 0;
            int exponent = Digits(text, at);
            if (exponent == at)
                return 0;
            at = exponent;
        }

        return at;
    }

    // Where the digits end that begin at a place.
    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at;
    }
}
