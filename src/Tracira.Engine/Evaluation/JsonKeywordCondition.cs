using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tracira;

/// <summary>Flags outputs in which a field of the JSON lacks a keyword, or has one.</summary>
internal sealed class JsonKeywordCondition : Condition
{
    private const int NoJson = 1;
    private const int NotThere = 2;
    private readonly JsonPath _path;
    private readonly RequiredKeywords? _required;
    private readonly ForbiddenKeywords? _forbidden;
    private readonly bool _folds;

    public JsonKeywordCondition(JsonKeywordValue value, bool required)
    {
        _path = value.Path;
        _required = required ? new RequiredKeywords(value.Keywords) : null;
        _forbidden = required ? null : new ForbiddenKeywords(value.Keywords);
        _folds = _required?.Folds ?? _forbidden!.Folds;
    }

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        bool inAction = output.IsInAction(_path);
        ReadOnlySpan<byte> json = output.Json(inAction);
        if (json.IsEmpty)
            return findings.Because(NoJson, RuleOutcomeKind.Flagged);
        var visitor = new Visitor(this);
        PathResult result = _path.Follow(new JsonValue(json, 0), inAction ? 1 : 0, ref visitor);
        if (result == PathResult.Missing)
            return _required is null ? RuleOutcomeKind.Passed : findings.Because(NotThere, RuleOutcomeKind.Flagged);
        if (result == PathResult.Holds)
            return RuleOutcomeKind.Passed;

        if (findings.Wanted && !inAction)
            findings.AddMatch(output.PlaceOf(visitor.Failed, new JsonValue(json, visitor.Failed).Raw().Length));
        return findings.Because(0, RuleOutcomeKind.Flagged, visitor.Keyword);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => finding.Reason switch
    {
        NoJson => "output holds no JSON",
        NotThere => $"{_path.Text} is missing",
        _ => $"{_path.Text}: {_required?.Explain((int)finding.Number) ?? _forbidden!.Explain((int)finding.Number)}",
    };

    // A text is searched as it reads; numbers, arrays and objects as they stand in the JSON.
    private bool Holds(JsonValue value, out int keyword)
    {
        Utf8JsonReader reader = value.Read();
        ReadOnlySpan<byte> raw = value.Raw();
        char[] buffer = ArrayPool<char>.Shared.Rent(2 * raw.Length);
        try
        {
            int length = reader.TokenType == JsonTokenType.String ? reader.CopyString(buffer) : Encoding.UTF8.GetChars(raw, buffer);
            ReadOnlySpan<char> text = buffer.AsSpan(0, length);
            if (_folds)
            {
                Span<char> folded = buffer.AsSpan(length, length);
                CaseFolding.Fold(text, folded);
                text = folded;
            }

            keyword = _required?.FirstMissing(text) ?? _forbidden!.FirstIn(text);
            return _required is null ? keyword < 0 : keyword == RequiredKeywords.NoneMissing;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private ref struct Visitor(JsonKeywordCondition condition) : IJsonVisitor
    {
        public readonly bool TakesMissing => condition._required is null;

        public int Failed { get; private set; }

        public int Keyword { get; private set; }

        public bool Visit(JsonValue value)
        {
            if (condition.Holds(value, out int keyword))
                return true;
            Failed = value.Start;
            Keyword = keyword;
            return false;
        }
    }
}
