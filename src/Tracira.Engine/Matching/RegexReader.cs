using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>
/// Reads the pattern of a <see cref="Regex"/>, which .NET has found to be right. What it does not know it does not guess: each of its
/// methods answers null then, and so does the whole. Nor does it take what <see cref="RegexProgram"/> and <see cref="RegexAlphabet"/>
/// cannot: whether a pattern is read depends on nothing but itself.
/// </summary>
internal sealed partial class RegexReader
{
    private const int MaxDepth = 100;
    private const RegexOptions Known = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture
        | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Compiled;

    private readonly string _pattern;
    private RegexOptions _options;
    private int _at;

    private RegexReader(string pattern, RegexOptions options) => (_pattern, _options) = (pattern, options);

    private bool AtEnd => _at == _pattern.Length;

    private bool IgnoresCase => (_options & RegexOptions.IgnoreCase) != 0;

    private bool IsMultiline => (_options & RegexOptions.Multiline) != 0;

    private bool SkipsSpaces => (_options & RegexOptions.IgnorePatternWhitespace) != 0;

    /// <summary>Reads a pattern; null where something in it is not known.</summary>
    public static RegexNode? Read(Regex regex)
    {
        // Without CultureInvariant letters are the same as the thread's culture has it.
        if ((regex.Options & ~Known) != 0 || (regex.Options & RegexOptions.CultureInvariant) == 0)
            return null;
        var reader = new RegexReader(regex.ToString(), regex.Options);
        RegexNode? node = reader.ReadChoice(0);
        return reader.AtEnd && node?.States <= RegexProgram.MaxStates && RegexAlphabet.Holds(node) ? node : null;
    }

    private RegexNode? ReadChoice(int depth)
    {
        if (depth > MaxDepth)
            return null;
        List<RegexNode> ways = [];
        do
        {
            if (ReadSequence(depth) is not { } way)
                return null;
            ways.Add(way);
        }
        while (Take('|'));

        return ways.Count == 1 ? ways[0] : new RegexNode.Choice(ways);
    }

    private RegexNode? ReadSequence(int depth)
    {
        List<RegexNode> parts = [];
        for (SkipBlanks(); !AtEnd && _pattern[_at] is not ('|' or ')'); SkipBlanks())
        {
            if (ReadAtom(depth) is not { } atom)
                return null;
            SkipBlanks();
            if (ReadQuantified(atom) is not { } part)
                return null;
            parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : new RegexNode.Sequence(parts);
    }

    private RegexNode? ReadAtom(int depth)
    {
        char unit = _pattern[_at++];
        switch (unit)
        {
            case '(':
                return ReadGroup(depth);
            case '[':
                return SetOf(ReadClass(depth));
            case '\\':
                return ReadEscape();
            case '.':
                return new RegexNode.Set((_options & RegexOptions.Singleline) != 0 ? CharSet.Everything : CharSet.Of('\n').Complement());
            case '^':
                return new RegexNode.Look(IsMultiline ? LookKind.LineStart : LookKind.Start);
            case '$':
                return new RegexNode.Look(IsMultiline ? LookKind.LineEnd : LookKind.EndOrLastLineFeed);
            case '*' or '+' or '?':
                return null;
            case '\v' when SkipsSpaces: // a space to some and not to others
                return null;
            default:
                return Literal(unit);
        }
    }

    private RegexNode? ReadGroup(int depth)
    {
        RegexOptions outer = _options;
        if (Take('?'))
        {
            if (AtEnd)
                return null;
            switch (_pattern[_at++])
            {
                case ':':
                    break;
                case '<' when SkipName('>'):
                    break;
                case '\'' when SkipName('\''):
                    break;
                case 'i' or 'm' or 'n' or 's' or 'x' or '-':
                    _at--;
                    if (!ReadOptions())
                        return null;
                    if (Take(')'))
                        return RegexNode.Nothing; // they hold until the group round it ends
                    if (!Take(':'))
                        return null;
                    break;
                default:
                    return null; // looks around, is atomic or has conditions
            }
        }

        RegexNode? body = ReadChoice(depth + 1);
        _options = outer;
        return Take(')') ? body : null;
    }

    // A name of letters and digits; with anything else it may be a balancing group or look behind.
    private bool SkipName(char close)
    {
        int start = _at;
        while (!AtEnd && (char.IsLetterOrDigit(_pattern[_at]) || _pattern[_at] == '_'))
            _at++;
        return _at > start && Take(close);
    }

    private bool ReadOptions()
    {
        bool on = true;
        for (; !AtEnd && _pattern[_at] is not (')' or ':'); _at++)
        {
            RegexOptions option = _pattern[_at] switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                'n' => RegexOptions.ExplicitCapture,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
            if (_pattern[_at] == '-')
                on = false;
            else if (option == RegexOptions.None)
                return false;
            _options = on ? _options | option : _options & ~option;
        }

        return true;
    }

    private RegexNode? ReadQuantified(RegexNode atom)
    {
        if (AtEnd)
            return atom;
        int least = 0;
        int? most = null;
        switch (_pattern[_at])
        {
            case '*':
                _at++;
                break;
            case '+':
                _at++;
                least = 1;
                break;
            case '?':
                _at++;
                most = 1;
                break;
            case '{' when Counts().Match(_pattern, _at) is { Success: true } counts:
                _at += counts.Length;
                if (!int.TryParse(counts.Groups["least"].ValueSpan, out least))
                    return null;
                most = counts.Groups["most"].Success && int.TryParse(counts.Groups["most"].ValueSpan, out int last) ? last
                    : counts.Groups["further"].Success ? null
                    : least;
                break;
            default:
                return atom;
        }

        SkipBlanks();
        bool isLazy = Take('?');
        // A round that takes nothing ends the loop; where rounds with more are tried later than that, a program would have them in another
        // order. Rounds that must be there and may take nothing .NET 10 confuses: to it /(?:(?:a+)?){2}/ is /a{2,}/.
        return atom.IsNullable && (isLazy || least > 0 || !atom.IsHungry) ? null : new RegexNode.Loop(atom, least, most, isLazy);
    }

    // Comments are skipped always, spaces and comments to the end of a line only where asked for.
    private void SkipBlanks()
    {
        while (!AtEnd)
        {
            if (SkipsSpaces && _pattern[_at] is (' ' or '\t' or '\n' or '\f' or '\r'))
                _at++;
            else if (SkipsSpaces && _pattern[_at] == '#')
                _at = _pattern.IndexOf('\n', _at) is >= 0 and var end ? end : _pattern.Length;
            else if (_pattern.AsSpan(_at).StartsWith("(?#"))
                _at = _pattern.IndexOf(')', _at) is >= 0 and var close ? close + 1 : _pattern.Length;
            else
                return;
        }
    }

    private bool Take(char expected)
    {
        if (AtEnd || _pattern[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private RegexNode.Set Literal(char unit) => new(IgnoresCase ? CaseEquivalence.Of(unit) : CharSet.Of(unit));

    private static RegexNode.Set? SetOf(CharSet? chars) => chars is null ? null : new RegexNode.Set(chars);

    [GeneratedRegex(@"\G\{(?<least>[0-9]+)(?<further>,(?<most>[0-9]+)?)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counts();
}
