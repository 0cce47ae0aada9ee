using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class JsonRuleTests
{
    private const string Output = """
        {"name":"Ada","total":12.50,"big":123456789012345678901234567890,"text":"12","on":true,"none":null,"list":[1,2,3],"empty":[],
         "items":[{"price":5,"tags":["a"]},{"price":9,"tags":["a","b"]}],"odd key":{"x":1},"date":"2026-01-10","dup":1,"dup":2,"mixed":[{},{"x":1},null],"esc":"a\u00e9\n"}
        """;

    [Fact]
    public void A_forbidden_keyword_is_found_behind_an_element_that_lacks_the_field() =>
        Judge.By(RuleType.JsonFieldKeywordForbidden, "items[*].note: bad", """{"items":[{},{"note":"bad"}]}""").Outcome.ShouldBe(RuleOutcomeKind.Flagged);

    [Theory]
    [InlineData("name exists", true)]
    [InlineData("nothing exists", false)]
    [InlineData("nothing missing", true)]
    [InlineData("name missing", false)]
    [InlineData("name == Ada", true)]
    [InlineData("name == \"Ada\"", true)]
    [InlineData("name != Ada", false)]
    [InlineData("$.total == 12.5", true)]
    [InlineData("total==12.50", true)]
    [InlineData("total < 12.6", true)]
    [InlineData("total <= 12.5", true)]
    [InlineData("total > 12.5", false)]
    [InlineData("total >= 12.5", true)]
    [InlineData("big > 1e20", true)]
    [InlineData("text == 12", false)] // a number in a string does not equal a number
    [InlineData("text == \"12\"", true)]
    [InlineData("text > 1", false)]
    [InlineData("total in 1..20", true)]
    [InlineData("total in 13..20", false)]
    [InlineData("total in -5..12.5", true)]
    [InlineData("name in [Bob, Ada]", true)]
    [InlineData("name in [\"Bob, Ada\"]", false)]
    [InlineData("total in [12.5, 13]", true)]
    [InlineData("on is boolean", true)]
    [InlineData("total is number", true)]
    [InlineData("total is integer", false)]
    [InlineData("big is integer", true)]
    [InlineData("none is null", true)]
    [InlineData("list is array", true)]
    [InlineData("items[0] is object", true)]
    [InlineData("name is string", true)]
    [InlineData("on == true", true)]
    [InlineData("none == null", true)]
    [InlineData("name matches /^a/i", true)]
    [InlineData("name matches ^A.a$", true)]
    [InlineData("name matches /^B/", false)]
    [InlineData("total matches /1/", false)]
    [InlineData("name contains da", true)]
    [InlineData("list contains 2", true)]
    [InlineData("list contains 4", false)]
    [InlineData("name length == 3", true)]
    [InlineData("list length >= 3", true)]
    [InlineData("items[0] length < 2", false)]
    [InlineData("esc length == 3", true)]
    [InlineData("esc contains é", true)]
    [InlineData("list[0] == 1", true)]
    [InlineData("list[-1] == 3", true)]
    [InlineData("list[3] exists", false)]
    [InlineData("[\"odd key\"].x == 1", true)]
    [InlineData("$[\"odd key\"][\"x\"] == 1", true)]
    [InlineData("items[*].price < 10", true)]
    [InlineData("items[*].price < 9", false)]
    [InlineData("items[*].tags[*] is string", true)]
    [InlineData("items[*].price missing", false)]
    [InlineData("items[*].note missing", true)]
    [InlineData("mixed[*].x missing", false)] // of the first element it holds, of the second it does not
    [InlineData("mixed[*].x exists", false)]
    [InlineData("{\"path\":\"none\",\"operator\":\"==\",\"value\":null}", true)]
    [InlineData("{\"path\":\"name\",\"operator\":\"!=\",\"value\":null}", true)]
    [InlineData("{\"path\":\"mixed\",\"operator\":\"contains\",\"value\":null}", true)]
    [InlineData("empty[*] exists", false)]
    [InlineData("empty[*] missing", true)]
    [InlineData("dup == 2", true)]
    [InlineData("date before 2026-02-01", true)]
    [InlineData("date after 2026-01-10T00:00:00Z", false)]
    [InlineData("date within 2 weeks ago", true)]
    [InlineData("date within 5 days ago", false)]
    [InlineData("date within 2 weeks ahead", false)]
    [InlineData("date within 10 days", true)]
    [InlineData("name within 10 days", false)]
    public void A_field_is_held_to_its_condition(string value, bool holds) =>
        Judge.By(RuleType.JsonField, value, Output, time: new FixedTime(new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero)))
            .Outcome.ShouldBe(holds ? RuleOutcomeKind.Passed : RuleOutcomeKind.Flagged);

    [Theory]
    [InlineData("name exists", """{"path":"name","operator":"exists"}""")]
    [InlineData("total < 12", """{"path":"$.total","operator":"<","value":12}""")]
    [InlineData("total in 1..2", """{"path":"total","operator":"in","min":1,"max":2}""")]
    [InlineData("name in [Bob]", """{"path":"name","operator":"in","values":["Bob"]}""")]
    [InlineData("name is number", """{"path":"name","operator":"is","type":"number"}""")]
    [InlineData("name matches /ADA/i", """{"path":"name","operator":"matches","pattern":"ADA","flags":"i"}""")]
    [InlineData("list contains 7", """{"path":"list","operator":"contains","value":7}""")]
    [InlineData("name length > 3", """{"path":"name","operator":"length","compare":">","value":3}""")]
    [InlineData("date before 2020-01-01", """{"path":"date","operator":"before","date":"2020-01-01"}""")]
    [InlineData("date within 1 days ahead", """{"path":"date","operator":"within","amount":1,"unit":"days","direction":"ahead"}""")]
    public void The_long_form_says_what_the_short_form_says(string shortForm, string longForm) =>
        Judge.Flags(RuleType.JsonField, longForm, Output).ShouldBe(Judge.Flags(RuleType.JsonField, shortForm, Output));

    [Theory]
    [InlineData("""Here you are: {"a":1} bye""", false)]
    [InlineData("Sure!\n```json\n{\"a\": 1}\n```\nAnything else?", false)]
    [InlineData("[note] {\"a\":1}", false)]
    [InlineData("\uFEFF {\"a\":1}", false)]
    [InlineData("{\"a\":2} {\"a\":1}", true)]
    [InlineData("no JSON here", true)]
    [InlineData("{\"a\":1", true)]
    [InlineData("{\"a\":1,}", true)]
    [InlineData("{\"a\":01}", true)]
    public void JSON_is_the_whole_output_or_its_first_fenced_block_or_its_first_object(string output, bool flagged) =>
        Judge.Flags(RuleType.JsonField, "a == 1", output).ShouldBe(flagged);

    [Fact]
    public void JSON_deeper_than_64_levels_is_no_JSON()
    {
        Judge.Flags(RuleType.JsonField, "[0] exists", new string('[', 64) + "1" + new string(']', 64)).ShouldBeFalse();
        Judge.By(RuleType.JsonField, "[0] exists", new string('[', 100_000)).Reason.ShouldBe("output holds no JSON");
    }

    [Fact]
    public void A_reason_tells_what_was_there_and_where()
    {
        var (_, reason, matches) = Judge.By(RuleType.JsonField, "items[*].price < 9", "é {\"items\":[{\"price\":5},{\"price\":9}]}");
        reason.ShouldBe("items[*].price is 9, expected < 9");
        matches.ShouldBe([(33, 1)]);
        Judge.By(RuleType.JsonField, "x > 1", "{}").Reason.ShouldBe("x is missing");
        Judge.By(RuleType.JsonField, "x > 1", "hello").Reason.ShouldBe("output holds no JSON");
    }

    [Theory]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "name: ada, bob", true)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "name: bob", false)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "nothing: bob", false)]
    [InlineData(RuleType.JsonFieldKeywordRequired, "name: ada", false)]
    [InlineData(RuleType.JsonFieldKeywordRequired, "name: bob", true)]
    [InlineData(RuleType.JsonFieldKeywordRequired, "nothing: bob", true)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "esc: É", true)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "items: price", true)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, """{"path":"name","keywords":["ADA"],"caseSensitive":true}""", false)]
    [InlineData(RuleType.JsonFieldKeywordRequired, """{"path":"name","keywords":["x","ada"],"match":"any"}""", false)]
    public void Keywords_are_looked_for_in_the_fields_text(RuleType type, string value, bool flagged) =>
        Judge.Flags(type, value, Output).ShouldBe(flagged);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
