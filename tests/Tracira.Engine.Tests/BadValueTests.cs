using CsCheck;
using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class BadValueTests
{
    [Theory]
    [InlineData(RuleType.KeywordForbidden, "", "1 to 10,000 keywords")]
    [InlineData(RuleType.KeywordForbidden, " , ,", "1 to 10,000 keywords")]
    [InlineData(RuleType.KeywordForbidden, """{"keywords":[]}""", "1 to 10,000 keywords")]
    [InlineData(RuleType.KeywordForbidden, """{"keywords":["a"],"match":"all"}""", "\"match\" is not known here")]
    [InlineData(RuleType.KeywordRequired, """{"keywords":["a"],"match":"some"}""", "match must be all or any")]
    [InlineData(RuleType.KeywordForbidden, "{bad", "begins like a JSON object but is not one")]
    [InlineData(RuleType.RegexMatch, "(a", "at character 3")]
    [InlineData(RuleType.RegexMatch, "/a/g", "flag \"g\"")]
    [InlineData(RuleType.RegexMatch, "", "pattern of 1 to")]
    [InlineData(RuleType.LengthLimit, "many", "must be like 500")]
    [InlineData(RuleType.LengthLimit, "5-2", "nothing fits")]
    [InlineData(RuleType.LengthLimit, "5 miles", "unknown unit")]
    [InlineData(RuleType.ConfidenceThreshold, "70", "0.7")]
    [InlineData(RuleType.ConfidenceThreshold, "high", "between 0 and 1")]
    [InlineData(RuleType.JsonField, "total", "must be a path and a condition")]
    [InlineData(RuleType.JsonField, "total < soon", "orders numbers only")]
    [InlineData(RuleType.JsonField, "total is money", "unknown type")]
    [InlineData(RuleType.JsonField, "total in 5..1", "empty")]
    [InlineData(RuleType.JsonField, "a[x] exists", "bracket")]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "no colon", "a path, a colon and keywords")]
    [InlineData(RuleType.LlmJudge, "  ", "instruction of 1 to")]
    public void A_value_that_does_not_fit_is_told_with_the_way_out(RuleType type, string value, string expected)
    {
        var rule = new Rule("rule", type, value);
        RuleSet.Check(rule)!.Message.ShouldContain(expected);
        Should.Throw<RuleException>(() => RuleSet.Compile([rule])).Faults.Count.ShouldBe(1);
    }

    [Fact]
    public void All_bad_rules_are_named_at_once() =>
        Should.Throw<RuleException>(() => RuleSet.Compile(
            [new Rule("a", RuleType.LengthLimit, "x"), new Rule("b", RuleType.LengthLimit, "5"), new Rule("c", RuleType.RegexMatch, "(")]))
            .Faults.Select(static fault => fault.Rule.Name).ShouldBe(["a", "c"]);

    [Fact]
    public void No_value_and_no_output_however_strange_brings_the_engine_down()
    {
        string[] pieces =
        [
            "$", ".", "a", "[0]", "[-1]", "[*]", "[\"", "\"]", " exists", " == ", " in ", "1..2", "[a,", "]", " matches ", "/(a+)+/i", " length >",
            " within 3 days ago", "{\"keywords\":", "[\"a\"]", "}", "{\"pattern\":\"", "\"", ",", "\n", "\0", "\ud800", "\udc00", "1e999", "99999999999999999999",
            ">=", "-", " words", "{\"path\":\"a\",\"operator\":\"==\",\"value\":1}", ": a, b", "{\"min\":", "0.5", "(?=", ")", "```json\n", "```", "{\"a\":[1,{\"b\":\"c\"}]}",
        ];
        Gen<string> piece = Gen.OneOf(Gen.String[Gen.Char, 0, 12], Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]));
        Gen<string> text = piece.Array[0, 8].Select(static pieces => string.Concat(pieces));
        Gen.Select(Gen.Enum<RuleType>(), text, text).Sample(
            static (type, value, output) =>
            {
                var rule = new Rule("fuzz", type, value);
                if (RuleSet.Check(rule) is { } fault)
                    fault.Message.ShouldNotBeNullOrWhiteSpace();
                else
                    Judge.By(type, value, output, 0.5);
            },
            iter: 60_000);
    }

    [Fact]
    public void A_value_of_ten_million_characters_is_refused_at_once() =>
        RuleSet.Check(new Rule("big", RuleType.KeywordForbidden, new string('a', 10_000_000)))!.Message.ShouldContain("at most 1,000,000");
}
