using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>regex_match, length_limit and confidence_threshold.</summary>
public sealed class TextRuleTests
{
    [Theory]
    [InlineData("^ok", "ok then", false)]
    [InlineData("^ok", "not ok", true)]
    [InlineData("/^OK/i", "ok then", false)]
    [InlineData("/^b$/m", "a\nb\nc", false)]
    [InlineData("/a.b/s", "a\nb", false)]
    [InlineData("/a b # c/x", "ab", false)]
    [InlineData("/usr/bin", "see /usr/bin", false)]
    [InlineData("""{"pattern":"secret","expect":"no_match"}""", "a secret", true)]
    [InlineData("""{"pattern":"SECRET","flags":"i","expect":"no_match"}""", "a secret", true)]
    [InlineData("""{"pattern":"secret","expect":"no_match"}""", "nothing", false)]
    [InlineData("""(\w)\1""", "aa", false)]
    [InlineData("(?=x)x", "y", true)]
    public void A_regex_triggers_where_the_output_does_not_match_as_expected(string value, string output, bool flagged) =>
        Judge.Flags(RuleType.RegexMatch, value, output).ShouldBe(flagged);

    [Fact]
    public void A_forbidden_pattern_tells_its_places() =>
        Judge.By(RuleType.RegexMatch, """{"pattern":"[0-9]+","expect":"no_match"}""", "a 12 b 345").Matches.ShouldBe([(2, 2), (7, 3)]);

    [Fact]
    public void A_pattern_that_backtracks_too_long_ends_in_error_and_never_hangs()
    {
        var (outcome, reason, matches) = Judge.By(RuleType.RegexMatch, """(?=(a+)+$)\1b""", new string('a', 40_000) + "!");
        outcome.ShouldBe(RuleOutcomeKind.Error);
        reason!.ShouldContain("50 ms");
        matches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5", "12345", false)]
    [InlineData("5", "123456", true)]
    [InlineData("5", "👋👋👋👋👋", false)]
    [InlineData("2-3", "1", true)]
    [InlineData("2 - 3", "12", false)]
    [InlineData(">=3", "12", true)]
    [InlineData("<= 3", "1234", true)]
    [InlineData("3 words", "one two three", false)]
    [InlineData("3 words", " one two\tthree\nfour", true)]
    [InlineData("2 lines", "a\r\nb", false)]
    [InlineData("2 lines", "a\nb\n", true)]
    [InlineData("3 bytes", "äa", false)]
    [InlineData("3 bytes", "ää", true)]
    [InlineData("""{"min":2,"unit":"words"}""", "one", true)]
    [InlineData("""{"max":3}""", "abc", false)]
    public void A_length_triggers_outside_its_limits(string value, string output, bool flagged) =>
        Judge.Flags(RuleType.LengthLimit, value, output).ShouldBe(flagged);

    [Fact]
    public void A_length_tells_what_it_counted() =>
        Judge.By(RuleType.LengthLimit, "2 words", "one two three").Reason.ShouldBe("3 words, at most 2 allowed");

    [Theory]
    [InlineData("0.7", 0.69, RuleOutcomeKind.Flagged)]
    [InlineData("0.7", 0.7, RuleOutcomeKind.Passed)]
    [InlineData("0.7", null, RuleOutcomeKind.Skipped)]
    [InlineData("""{"min":0.5,"missing":"flag"}""", null, RuleOutcomeKind.Flagged)]
    [InlineData("""{"min":0.5}""", 0.4, RuleOutcomeKind.Flagged)]
    public void A_confidence_triggers_below_its_minimum(string value, double? confidence, RuleOutcomeKind expected) =>
        Judge.By(RuleType.ConfidenceThreshold, value, "x", confidence).Outcome.ShouldBe(expected);

    [Fact]
    public void A_judge_rule_is_left_to_the_judge()
    {
        RuleSet rules = RuleSet.Compile([new Rule("kind", RuleType.LlmJudge, "Be kind")]);
        rules.HasJudges.ShouldBeTrue();
        rules.Evaluate("x").Status.ShouldBe(LogStatus.Pending);
        JudgeInstruction.Of(new Rule("kind", RuleType.LlmJudge, """{"instruction":"Be kind","threshold":0.8,"includeInput":false}"""))
            .ShouldBe(new JudgeInstruction("Be kind", 0.8, IncludeInput: false));
    }
}
