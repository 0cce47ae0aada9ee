using System.Globalization;

namespace Tracira;

internal sealed partial class RegexReader
{
    private RegexNode? ReadEscape()
    {
        if (AtEnd)
            return null;
        char unit = _pattern[_at++];
        switch (unit)
        {
            case 'b':
                return new RegexNode.Look(LookKind.Boundary);
            case 'B':
                return new RegexNode.Look(LookKind.NoBoundary);
            case 'A':
                return new RegexNode.Look(LookKind.Start);
            case 'Z':
                return new RegexNode.Look(LookKind.EndOrLastLineFeed);
            case 'z':
                return new RegexNode.Look(LookKind.End);
            case 'G' or 'k' or '<' or '\'':
                return null; // where the last match ended, or what a group has matched
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P':
                return SetOf(ReadCategory(unit));
            default:
                return ReadCharacter(unit) is { } literal ? Literal(literal) : null;
        }
    }

    // [a-z], [^a-z], [a-z-[aeiou]]: what follows the first bracket.
    private CharSet? ReadClass(int depth)
    {
        if (depth > MaxDepth)
            return null;
        List<(char First, char Last)> ranges = [];
        CharSet categories = CharSet.Empty;
        CharSet? without = null;
        char? from = null; // the beginning of a range
        bool negated = Take('^');
        for (bool first = true; ; first = false)
        {
            if (AtEnd)
                return null;
            char unit = _pattern[_at++];
            bool escaped = unit == '\\';
            if (unit == ']' && !first)
                break;
            if (unit == '[' && !AtEnd && _pattern[_at] == ':')
                return null; // a class by name elsewhere, and here not quite nothing
            if (escaped)
            {
                if (AtEnd)
                    return null;
                unit = _pattern[_at++];
                if (unit is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P')
                {
                    if (from is not null || ReadCategory(unit) is not { } category)
                        return null;
                    categories = categories.Union(category);
                    continue;
                }

                if (unit == '-')
                {
                    ranges.Add((from ?? '-', '-'));
                    from = null;
                    continue;
                }

                if ((unit == 'b' ? '\b' : ReadCharacter(unit)) is not { } character)
                    return null;
                unit = character;
            }

            if (unit == '[' && !escaped && !first && from is { } alone)
            {
                // What seemed to be a range is a character and what is taken away.
                ranges.Add((alone, alone));
                from = null;
                without = ReadClass(depth + 1);
                if (without is null || AtEnd || _pattern[_at] != ']')
                    return null;
            }
            else if (from is { } beginning)
            {
                if (beginning > unit)
                    return null;
                ranges.Add((beginning, unit));
                from = null;
            }
            else if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                from = unit;
                _at++;
            }
            else if (unit == '-' && !escaped && !first && !AtEnd && _pattern[_at] == '[')
            {
                _at++;
                without = ReadClass(depth + 1);
                if (without is null || AtEnd || _pattern[_at] != ']')
                    return null;
            }
            else
            {
                ranges.Add((unit, unit));
            }
        }

        var set = CharSet.Of(ranges);
        set = (IgnoresCase ? CaseEquivalence.Of(set) : set).Union(categories);
        if (negated)
            set = set.Complement();
        return without is null ? set : set.Except(without);
    }

    // What follows the letter is read only for \p and \P.
    private CharSet? ReadCategory(char letter)
    {
        CharSet? set = char.ToLowerInvariant(letter) switch
        {
            'd' => CharCategories.Digits,
            's' => CharCategories.Spaces,
            'w' => CharCategories.Words,
            _ => ReadProperty(),
        };
        return char.IsUpper(letter) ? set?.Complement() : set;
    }

    private CharSet? ReadProperty()
    {
        if (!Take('{'))
            return null;
        int end = _pattern.IndexOf('}', _at);
        if (end < 0)
            return null;
        string name = _pattern[_at..end];
        _at = end + 1;
        return CharCategories.Named(name, IgnoresCase);
    }

    // The character that an escape stands for; its letter has been read.
    private char? ReadCharacter(char letter)
    {
        switch (letter)
        {
            case 'x':
                return ReadNumber(2);
            case 'u':
                return ReadNumber(4);
            case 'a':
                return '\a';
            case 'e':
                return '\u001B';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            default:
                // \0 and \1 are octal or refer to a group, \c is a control character: nobody writes them to find text.
                return char.IsAsciiLetterOrDigit(letter) || letter == '_' ? null : letter;
        }
    }

    private char? ReadNumber(int digits)
    {
        if (_pattern.Length - _at < digits || !ushort.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            return null;
        _at += digits;
        return (char)unit;
    }
}
