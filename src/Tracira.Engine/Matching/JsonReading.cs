using System.Buffers;

namespace Tracira;

/// <summary>The JSON in a text, read once: its marks, in rented memory.</summary>
internal struct JsonReading
{
    private const char Replacement = '\uFFFD';
    private readonly int[] _places;
    private readonly int[] _ends;
    private readonly char[]? _mended;
    private readonly int _end;
    private readonly int _firstEscape;

    /// <summary>Reads the JSON in a text.</summary>
    public JsonReading(ReadOnlySpan<char> text)
    {
        _places = ArrayPool<int>.Shared.Rent(text.Length + JsonMarks.Slack);
        _ends = ArrayPool<int>.Shared.Rent(text.Length + JsonMarks.Slack);
        HasJson = JsonText.Find(text, _places, _ends, out JsonMarks marks);
        _end = marks.End;
        _firstEscape = marks.FirstEscape;
        if (HasJson && marks.HasLoneHalf)
        {
            _mended = ArrayPool<char>.Shared.Rent(text.Length);
            Mend(text, _mended);
        }
    }

    /// <summary>Whether there is JSON in the text.</summary>
    public bool HasJson { get; }

    /// <summary>The text; half of a surrogate pair without the other, which is no character, has become U+FFFD.</summary>
    /// <param name="text">The text that was read.</param>
    public readonly ReadOnlySpan<char> Mended(ReadOnlySpan<char> text) => _mended is null ? text : _mended.AsSpan(0, text.Length);

    /// <summary>Stands on the outermost value.</summary>
    /// <param name="text">The text that was read.</param>
    public readonly JsonCursor Root(ReadOnlySpan<char> text) => new(Mended(text)[.._end], _places, _ends, _firstEscape);

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose()
    {
        if (_places is null)
            return;
        ArrayPool<int>.Shared.Return(_places);
        ArrayPool<int>.Shared.Return(_ends);
        if (_mended is not null)
            ArrayPool<char>.Shared.Return(_mended);
    }

    /// <summary>Copies a text, with each lone half of a surrogate pair replaced.</summary>
    public static void Mend(ReadOnlySpan<char> text, Span<char> mended)
    {
        for (int at = 0; at < text.Length; at++)
        {
            bool isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            mended[at] = isPair || !char.IsSurrogate(text[at]) ? text[at] : Replacement;
            if (isPair)
                mended[++at] = text[at];
        }
    }
}
