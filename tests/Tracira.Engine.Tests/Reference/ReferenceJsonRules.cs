using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracira.Engine.Tests.Reference;

/// <summary>The rules over fields of JSON.</summary>
internal static class ReferenceJsonRules
{
    private const string NoJson = "output holds no JSON";
    private const int MaxShown = 80;

    public static ReferenceOutcome Field(JsonFieldValue parsed, ReferenceTest test, Input input, DateTimeOffset now) => Check(parsed.Path.Text, input, (json, field) =>
    {
        if (field is not { } there)
            return test.Operator == "missing" ? null : ReferenceOutcome.Flagged($"{parsed.Path.Text} is missing");
        try
        {
            return test.Holds(there, now)
                ? null
                : ReferenceOutcome.Flagged($"{parsed.Path.Text} is {Shown(there.GetRawText())}, expected {parsed.Test.Expected}", Place(json, there));
        }
        catch (RegexMatchTimeoutException)
        {
            string reason = $"the pattern for {parsed.Path.Text} needs backtracking and took longer than 50 ms";
            return new ReferenceOutcome(RuleOutcomeKind.Error, reason, []);
        }
    });

    public static ReferenceOutcome RequiredKeywords(JsonKeywordValue value, Input input) => Check(value.Path.Text, input, (json, field) =>
        field is not { } there ? ReferenceOutcome.Flagged($"{value.Path.Text} is missing")
        : ReferenceKeywords.MissingFrom(TextOf(there), value.Keywords) is { } reason ? ReferenceOutcome.Flagged($"{value.Path.Text}: {reason}", Place(json, there))
        : null);

    public static ReferenceOutcome ForbiddenKeywords(JsonKeywordValue value, Input input) => Check(value.Path.Text, input, (json, field) =>
        field is { } there && ReferenceKeywords.FoundIn(TextOf(there), value.Keywords) is { } reason
            ? ReferenceOutcome.Flagged($"{value.Path.Text}: {reason}", Place(json, there))
            : null);

    // The first value at the path that does not do decides; of those in the action no place is told.
    private static ReferenceOutcome Check(string pathText, Input input, Func<ReferenceJson?, JsonElement?, ReferenceOutcome?> fault)
    {
        var path = new ReferencePath(pathText);
        bool inAction = input.Action.Length > 0 && path.BeginsWithAction;
        if (ReferenceJson.In(inAction ? input.Action : input.Output) is not { } json)
            return ReferenceOutcome.Flagged(NoJson);
        return path.ValuesIn(json.Root, pastFirstStep: inAction)
            .Select(field => fault(inAction ? null : json, field))
            .FirstOrDefault(static outcome => outcome is not null) ?? ReferenceOutcome.Passed;
    }

    private static TextMatch[] Place(ReferenceJson? json, JsonElement value) => json is null ? [] : [json.PlaceOf(value)];

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    // At most 79 bytes of it, cut between characters.
    private static string Shown(string raw)
    {
        if (Encoding.UTF8.GetByteCount(raw) < MaxShown)
            return raw;
        var shown = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in raw.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes >= MaxShown)
                break;
            shown.Append(rune.ToString());
        }

        return shown.Append('…').ToString();
    }
}
