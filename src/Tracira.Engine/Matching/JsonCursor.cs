using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>Stands on a value of JSON that is known to be well-formed, and can be moved to another.</summary>
/// <param name="text">The text, to where the JSON ends at the latest.</param>
/// <param name="places">Where its marks are.</param>
/// <param name="ends">For each mark that opens an object or array the one that closes it.</param>
/// <param name="firstEscape">A place before which no string has escapes.</param>
internal ref struct JsonCursor(ReadOnlySpan<char> text, ReadOnlySpan<int> places, ReadOnlySpan<int> ends, int firstEscape)
{
    /// <summary>How many marks a name takes: its quotes and the colon.</summary>
    public const int NameMarks = 3;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<int> _places = places;
    private readonly ReadOnlySpan<int> _ends = ends;
    private readonly int _firstEscape = firstEscape;
    private ShortDecimal _number;
    private bool _knowsNumber;

    /// <summary>The mark that the value begins with. The outermost value begins with 0.</summary>
    public int Mark { get; private set; }

    /// <summary>Where in the text the value begins.</summary>
    public readonly int Start => PlaceOf(Mark);

    /// <summary>The first unit of the value, which tells what it is: a brace, bracket or quote, the t of true, n of null, or one of a number.</summary>
    public readonly char First => UnitAt(Mark);

    /// <summary>Whether the value is a number.</summary>
    public readonly bool IsNumber => First is '-' or (>= '0' and <= '9');

    /// <summary>The value as it stands in the text.</summary>
    public readonly ReadOnlySpan<char> Raw => First switch
    {
        '"' => _text[Start..(PlaceOf(Mark + 1) + 1)],
        '{' or '[' => _text[Start..(PlaceOf(_ends[Mark]) + 1)],
        _ => _text.Slice(Start, ScalarLength()),
    };

    /// <summary>Goes to the value that begins with a mark.</summary>
    public void MoveTo(int mark)
    {
        Mark = mark;
        _knowsNumber = false;
    }

    /// <summary>Whether a mark is one of these units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Is(int mark, char unit) => UnitAt(mark) == unit;

    /// <summary>The mark behind a value: a comma, or what closes the object or array that it is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Behind(int mark) => UnitAt(mark) switch
    {
        '"' => mark + 2,
        '{' or '[' => Unsafe.Add(ref MemoryMarshal.GetReference(_ends), mark) + 1,
        _ => mark + 1,
    };

    /// <summary>How many elements an array or members an object has, which begins with a mark.</summary>
    public readonly int CountAt(int mark)
    {
        int value = mark + 1;
        bool isObject = Is(mark, '{');
        if (value == _ends[mark])
            return 0;
        for (int count = 1; ; count++)
        {
            int behind = Behind(value + (isObject ? NameMarks : 0));
            if (!Is(behind, ','))
                return count;
            value = behind + 1;
        }
    }

    /// <summary>The number, where the value is one that is short enough.</summary>
    public bool TryGetNumber(out ShortDecimal number)
    {
        if (!_knowsNumber)
        {
            _number = ShortDecimal.Read(_text[Start..]);
            _knowsNumber = true;
        }

        number = _number;
        return number.IsKnown;
    }

    /// <summary>The index of a name among others; -1 where it is none of them.</summary>
    /// <param name="mark">The mark that the name begins with.</param>
    /// <param name="names">The others.</param>
    /// <param name="likely">The index that it probably has; any will do.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int IndexOfName(int mark, JsonNames names, int likely)
    {
        ReadOnlySpan<char> content = ContentAt(mark);
        return HasEscapesAt(mark) ? IndexOfEscaped(content, names) : names.IndexOf(content, likely);
    }

    /// <summary>Whether the value, which is a text, is this one.</summary>
    public readonly bool TextEquals(string other)
    {
        ReadOnlySpan<char> content = ContentAt(Mark);
        return content.Length >= other.Length
            && (content.SequenceEqual(other)
                || (HasEscapesAt(Mark) && OverText(other, static (text, other) => text.SequenceEqual(other))));
    }

    /// <summary>Runs a function over the text that the value, which is one, stands for; without allocating.</summary>
    public readonly TResult OverText<TState, TResult>(TState state, Func<ReadOnlySpan<char>, TState, TResult> function)
    {
        ReadOnlySpan<char> content = ContentAt(Mark);
        if (!HasEscapesAt(Mark))
            return function(content, state);
        char[] buffer = ArrayPool<char>.Shared.Rent(content.Length);
        try
        {
            return function(buffer.AsSpan(0, JsonEscapes.Resolve(content, buffer)), state);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int IndexOfEscaped(ReadOnlySpan<char> content, JsonNames names)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(content.Length);
        int index = names.IndexOf(buffer.AsSpan(0, JsonEscapes.Resolve(content, buffer)), likely: 0);
        ArrayPool<char>.Shared.Return(buffer);
        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool HasEscapesAt(int mark) => PlaceOf(mark + 1) > _firstEscape && ContentAt(mark).Contains('\\');

    private readonly ReadOnlySpan<char> ContentAt(int mark)
    {
        int start = PlaceOf(mark) + 1;
        return _text.Slice(start, PlaceOf(mark + 1) - start);
    }

    // Without a check: the grammar has been over all the marks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int PlaceOf(int mark) => Unsafe.Add(ref MemoryMarshal.GetReference(_places), mark);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly char UnitAt(int mark) => Unsafe.Add(ref MemoryMarshal.GetReference(_text), PlaceOf(mark));

    private readonly int ScalarLength()
    {
        int length = 1;
        while (Start + length < _text.Length && !JsonGrammar.IsEnd(_text[Start + length]))
            length++;
        return length;
    }
}
