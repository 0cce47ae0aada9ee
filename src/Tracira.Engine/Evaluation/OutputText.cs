using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tracira;

/// <summary>An output on its way through the conditions, with the forms of it that several of them need, each made at most once.</summary>
internal ref struct OutputText(
    ReadOnlySpan<char> text, ReadOnlySpan<char> action, double? confidence, DateTimeOffset now, KeywordIndex keywords)
{
    private readonly ReadOnlySpan<char> _action = action;
    private Lengths _lengths;
    private KeywordHits _hits;
    private char[]? _folded;
    private Utf8Json _json;
    private Utf8Json _actionJson;

    /// <summary>The output as it came.</summary>
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>The model's own confidence.</summary>
    public double? Confidence { get; } = confidence;

    /// <summary>When the evaluation takes place.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The output for comparison without regard to case.</summary>
    public ReadOnlySpan<char> Folded
    {
        get
        {
            if (_folded is null)
            {
                _folded = ArrayPool<char>.Shared.Rent(Text.Length);
                CaseFolding.Fold(Text, _folded);
            }

            return _folded.AsSpan(0, Text.Length);
        }
    }

    /// <summary>The keywords that the output has; the first question is answered by a scan for those of all rules.</summary>
    /// <param name="all">Whether each keyword matters, or only which rules' lists are complete. The same each time.</param>
    [UnscopedRef]
    public ref readonly KeywordHits Keywords(bool all)
    {
        if (!_hits.IsMade)
        {
            _hits = new KeywordHits(keywords, all);
            keywords.Scan(Text, ref _hits);
        }

        return ref _hits;
    }

    /// <summary>The length of the output.</summary>
    public int LengthIn(LengthUnit unit)
    {
        ref int length = ref _lengths[(int)unit]; // one more than the length, 0 where it is not known yet
        if (length == 0)
            length = TextLength.Of(Text, unit) + 1;
        return length - 1;
    }

    /// <summary>
    /// Whether a path leads into the action that came with the output instead of into the output: where there is one, the first step
    /// <c>action</c> means it.
    /// </summary>
    public readonly bool IsInAction(JsonPath path) => !_action.IsEmpty && path.BeginsWith("action"u8);

    /// <summary>The JSON in the output, or in the action, as UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> Json(bool inAction) => inAction ? _actionJson.In(_action) : _json.In(Text);

    /// <summary>The place in the output of a stretch of its JSON.</summary>
    public readonly TextMatch PlaceOf(int jsonStart, int jsonLength) => _json.PlaceOf(jsonStart, jsonLength);

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        if (_folded is not null)
            ArrayPool<char>.Shared.Return(_folded);
        _hits.Dispose();
        _json.Dispose();
        _actionJson.Dispose();
    }

    [InlineArray(4)]
    private struct Lengths
    {
        private int _first;
    }
}
