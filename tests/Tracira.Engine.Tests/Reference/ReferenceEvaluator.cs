using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;

namespace Tracira.Engine.Tests.Reference;

/// <summary>
/// The rules of the contract (<c>docs/rules.md</c>), one at a time and as plainly as they can be written, for the engine to be compared
/// with. Shares the parsers of values with the engine and nothing that matches.
/// </summary>
internal static class ReferenceEvaluator
{
    private const int MaxMatches = 20;

    /// <summary>Reads a rule. What comes back evaluates it.</summary>
    public static Func<Input, ReferenceOutcome> Of(Rule rule, DateTimeOffset now)
    {
        switch (rule.Type)
        {
            case RuleType.KeywordRequired:
                KeywordValue required = KeywordValue.Parse(rule.Value, required: true);
                return input => Required(required, input.Output);
            case RuleType.KeywordForbidden:
                KeywordValue forbidden = KeywordValue.Parse(rule.Value, required: false);
                return input => Forbidden(forbidden, input.Output);
            case RuleType.RegexMatch:
                RegexValue pattern = RegexValue.Parse(rule.Value);
                return input => Pattern(pattern, input.Output);
            case RuleType.LengthLimit:
                LengthValue length = LengthValue.Parse(rule.Value);
                return input => Length(length, input.Output);
            case RuleType.ConfidenceThreshold:
                ConfidenceValue confidence = ConfidenceValue.Parse(rule.Value);
                return input => Confidence(confidence, input.Confidence);
            case RuleType.JsonField:
                JsonFieldValue field = JsonFieldValue.Parse(rule.Value);
                ReferenceTest test = ReferenceTest.Read(rule.Value, field.Path.Text);
                return input => ReferenceJsonRules.Field(field, test, input, now);
            case RuleType.JsonFieldKeywordRequired:
                JsonKeywordValue requiredInField = JsonKeywordValue.Parse(rule.Value, required: true);
                return input => ReferenceJsonRules.RequiredKeywords(requiredInField, input);
            case RuleType.JsonFieldKeywordForbidden:
                JsonKeywordValue forbiddenInField = JsonKeywordValue.Parse(rule.Value, required: false);
                return input => ReferenceJsonRules.ForbiddenKeywords(forbiddenInField, input);
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule.Type, "Only deterministic rules have a reference.");
        }
    }

    private static ReferenceOutcome Required(KeywordValue value, string text) =>
        ReferenceKeywords.MissingFrom(text, value) is { } reason ? ReferenceOutcome.Flagged(reason) : ReferenceOutcome.Passed;

    private static ReferenceOutcome Forbidden(KeywordValue value, string text) =>
        ReferenceKeywords.FoundIn(text, value) is { } reason
            ? ReferenceOutcome.Flagged(reason, [.. ReferenceKeywords.PlacesIn(text, value).Take(MaxMatches)])
            : ReferenceOutcome.Passed;

    private static ReferenceOutcome Pattern(RegexValue value, string text)
    {
        try
        {
            List<TextMatch> matches = MatchesOf(value, text);
            if (value.ExpectMatch)
                return matches.Count > 0 ? ReferenceOutcome.Passed : ReferenceOutcome.Flagged($"does not match /{value.Regex}/");
            return matches.Count == 0 ? ReferenceOutcome.Passed : ReferenceOutcome.Flagged($"matches /{value.Regex}/", [.. matches]);
        }
        catch (RegexMatchTimeoutException)
        {
            return new ReferenceOutcome(RuleOutcomeKind.Error, $"the pattern /{value.Regex}/ needs backtracking and took longer than 50 ms", []);
        }
    }

    // .NET has two engines, and in .NET 10 either is wrong now and then: without backtracking about /\p{L}?a/ in "s ala", with it about
    // /#{2,}\B#/ in "###". What the definition says is what counts, and one of the two has to bear it out.
    private static List<TextMatch> MatchesOf(RegexValue value, string text)
    {
        if (value.Node is null)
            return MatchesOf(value.ByFramework, text);
        List<TextMatch> withoutBacktracking = MatchesOf(RegexValue.Bounded(value.Regex), text);
        if (new ReferencePattern(value.Node, text).Matches(MaxMatches) is not { } matches)
            return withoutBacktracking;
        if (!matches.SequenceEqual(withoutBacktracking))
            matches.ShouldBe(MatchesOf(value.Regex, text), $"/{value.Regex}/ in \"{text}\"");
        return matches;
    }

    private static List<TextMatch> MatchesOf(Regex regex, string text) =>
        [.. regex.Matches(text).Take(MaxMatches).Select(static match => new TextMatch(match.Index, match.Length))];

    private static ReferenceOutcome Length(LengthValue value, string text)
    {
        int length = ReferenceLength.Of(text, value.Unit);
        string unit = value.Unit.ToString().ToLowerInvariant();
        return length < value.Min ? ReferenceOutcome.Flagged($"{length} {unit}, at least {value.Min} allowed")
            : length > value.Max ? ReferenceOutcome.Flagged($"{length} {unit}, at most {value.Max} allowed")
            : ReferenceOutcome.Passed;
    }

    private static ReferenceOutcome Confidence(ConfidenceValue value, double? confidence) => confidence switch
    {
        null => new ReferenceOutcome(value.FlagMissing ? RuleOutcomeKind.Flagged : RuleOutcomeKind.Skipped, "no confidence was sent", []),
        { } known when known < value.Min =>
            ReferenceOutcome.Flagged(string.Create(CultureInfo.InvariantCulture, $"confidence {known} is below {value.Min}")),
        _ => ReferenceOutcome.Passed,
    };
}
