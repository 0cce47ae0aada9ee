using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class KeywordRuleTests
{
    [Theory]
    [InlineData("discount", "No discount today", true)]
    [InlineData("discount", "No reduction today", false)]
    [InlineData("a, b", "xbx", true)]
    [InlineData("\"a, b\"", "a b", false)]
    [InlineData("\"a, b\"", "see a, b and c", true)]
    [InlineData("\"say \"\"hi\"\"\"", "they say \"hi\" now", true)]
    [InlineData("one\ntwo\r\nthree", "three", true)]
    [InlineData("DISCOUNT", "discount", true)]
    [InlineData("""{"keywords":["DISCOUNT"],"caseSensitive":true}""", "discount", false)]
    [InlineData("""{"keywords":["sale"],"wholeWord":true}""", "wholesale", false)]
    [InlineData("""{"keywords":["sale"],"wholeWord":true}""", "a wholesale, and a sale!", true)]
    [InlineData("""{"keywords":["sale"],"wholeWord":true}""", "sale_2", false)]
    [InlineData("""{"keywords":["sale"],"wholeWord":true}""", "sale-2", true)]
    [InlineData("""{"keywords":["cafe"],"wholeWord":true}""", "cafe\u0301", false)] // a combining mark belongs to the word
    [InlineData("""{"keywords":["a"],"wholeWord":true}""", "a\U00010400", false)] // a letter outside the basic plane too
    [InlineData("""{"keywords":["割引"]}""", "本日は割引です", true)]
    public void A_forbidden_keyword_triggers_where_it_occurs(string value, string output, bool flagged) =>
        Judge.Flags(RuleType.KeywordForbidden, value, output).ShouldBe(flagged);

    [Theory]
    [InlineData("thanks, bye", "Thanks and bye", false)]
    [InlineData("thanks, bye", "Thanks", true)]
    [InlineData("""{"keywords":["thanks","bye"],"match":"any"}""", "Thanks", false)]
    [InlineData("""{"keywords":["thanks","bye"],"match":"any"}""", "Hello", true)]
    public void A_required_keyword_triggers_where_it_is_missing(string value, string output, bool flagged) =>
        Judge.Flags(RuleType.KeywordRequired, value, output).ShouldBe(flagged);

    [Theory]
    [InlineData("K", "\u212A")] // Kelvin sign
    [InlineData("s", "\u017F")] // long s
    [InlineData("ΣΑΣ", "σας")]
    [InlineData("ß", "\u1E9E")]
    [InlineData("å", "\u212B")] // Ångström sign
    [InlineData("\U00010400", "\U00010428")] // Deseret
    [InlineData("ПРИВЕТ", "привет")]
    public void Letters_that_fold_to_the_same_are_the_same(string keyword, string output) =>
        Judge.Flags(RuleType.KeywordForbidden, keyword, output).ShouldBeTrue();

    [Theory]
    [InlineData("i", "ı")]
    [InlineData("i", "İ")]
    [InlineData("ss", "ß")]
    public void Letters_that_differ_in_more_than_case_stay_different(string keyword, string output) =>
        Judge.Flags(RuleType.KeywordForbidden, keyword, output).ShouldBeFalse();

    [Fact]
    public void Matches_are_told_in_text_order_in_UTF16_units_and_20_at_most()
    {
        Judge.By(RuleType.KeywordForbidden, "b, a", "👋a b").Matches.ShouldBe([(2, 1), (4, 1)]);
        Judge.By(RuleType.KeywordForbidden, "b, a", string.Concat(Enumerable.Repeat("ab", 30))).Matches
            .ShouldBe(Enumerable.Range(0, 20).Select(static place => (place, 1)).ToArray());
    }

    [Fact]
    public void Reasons_name_the_keyword()
    {
        Judge.By(RuleType.KeywordForbidden, "Discount", "a discount").Reason.ShouldBe("contains \"Discount\"");
        Judge.By(RuleType.KeywordRequired, "a, b", "a").Reason.ShouldBe("\"b\" is missing");
        Judge.By(RuleType.KeywordRequired, "a", "a").Reason.ShouldBeNull();
    }
}
