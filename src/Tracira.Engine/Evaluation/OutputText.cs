using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tracira;

/// <summary>An output on its way through the conditions, with the forms of it that several of them need, each made at most once.</summary>
internal ref struct OutputText(
    ReadOnlySpan<char> text, ReadOnlySpan<char> action, double? confidence, DateTimeOffset now, KeywordIndex keywords, RegexIndex patterns,
    JsonRules json)
{
    private readonly ReadOnlySpan<char> _action = action;
    private Lengths _lengths;
    private KeywordHits _hits;
    private RegexHits _patternHits;
    private char[]? _folded;
    private JsonOutcomes _json;

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
    /// <param name="all">Whether each keyword matters, or only which rules have theirs. The same each time.</param>
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

    /// <summary>The patterns of the set.</summary>
    public RegexIndex Patterns { get; } = patterns;

    /// <summary>The patterns that the output has; the first question is answered by a scan for those of all rules.</summary>
    /// <param name="places">Whether the places of matches are wanted. The same each time.</param>
    [UnscopedRef]
    public ref readonly RegexHits PatternHits(bool places)
    {
        if (!_patternHits.IsMade)
            _patternHits = Patterns.Scan(Text, places);
        return ref _patternHits;
    }

    /// <summary>The length of the output.</summary>
    public int LengthIn(LengthUnit unit)
    {
        ref int length = ref _lengths[(int)unit]; // one more than the length, 0 where it is not known yet
        if (length == 0)
            length = TextLength.Of(Text, unit) + 1;
        return length - 1;
    }

    /// <summary>Whether an action came with the output.</summary>
    public readonly bool HasAction => !_action.IsEmpty;

    /// <summary>What a rule over a field says; the first question is answered by reading the JSON for all of them.</summary>
    [UnscopedRef]
    public ref readonly JsonOutcome Json(int rule)
    {
        if (!_json.IsMade)
            _json = new JsonOutcomes(json, Text, _action, Now);
        return ref _json.Of(rule);
    }

    /// <summary>The output, or the action, as rules over fields read it.</summary>
    public readonly ReadOnlySpan<char> JsonText(bool inAction) => inAction ? _json.ActionAsRead(_action) : _json.OutputAsRead(Text);

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        if (_folded is not null)
            ArrayPool<char>.Shared.Return(_folded);
        _hits.Dispose();
        _patternHits.Dispose();
        _json.Dispose();
    }

    [InlineArray(4)]
    private struct Lengths
    {
        private int _first;
    }
}
