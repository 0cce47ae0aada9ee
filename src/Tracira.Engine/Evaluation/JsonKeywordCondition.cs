using System.Buffers;

namespace Tracira;

/// <summary>Flags outputs in which a field of the JSON lacks a keyword, or has one.</summary>
internal sealed class JsonKeywordCondition : JsonCondition
{
    private readonly RequiredKeywords? _required;
    private readonly ForbiddenKeywords? _forbidden;
    private readonly bool _folds;

    public JsonKeywordCondition(JsonKeywordValue value, bool required)
        : base(value.Path)
    {
        _required = required ? new RequiredKeywords(value.Keywords) : null;
        _forbidden = required ? null : new ForbiddenKeywords(value.Keywords);
        _folds = !value.Keywords.CaseSensitive;
    }

    public override bool TakesMissing => _required is null;

    // A text is searched as it reads; numbers, arrays and objects as they stand in the JSON.
    public override void Look(ref JsonCursor value, DateTimeOffset now, ref JsonOutcome outcome)
    {
        int keyword = value.First == '"'
            ? value.OverText(this, static (text, condition) => condition.Decide(text))
            : Decide(value.Raw);
        if (_required is null ? keyword >= 0 : keyword != RequiredKeywords.NoneMissing)
            outcome.Fail(value, keyword);
    }

    protected override string ExplainValue(int number, ReadOnlySpan<char> shown) =>
        $"{Path.Text}: {_required?.Explain(number) ?? _forbidden!.Explain(number)}";

    private int Decide(ReadOnlySpan<char> text)
    {
        if (!_folds)
            return Search(text);
        char[] folded = ArrayPool<char>.Shared.Rent(text.Length);
        CaseFolding.Fold(text, folded);
        int keyword = Search(folded.AsSpan(0, text.Length));
        ArrayPool<char>.Shared.Return(folded);
        return keyword;
    }

    private int Search(ReadOnlySpan<char> text) => _required?.FirstMissing(text) ?? _forbidden!.FirstIn(text);
}
