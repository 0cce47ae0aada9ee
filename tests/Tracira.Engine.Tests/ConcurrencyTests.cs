using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public void One_set_serves_many_threads_with_the_same_outcomes()
    {
        RuleSet rules = RuleSet.Compile(
        [
            new Rule("words", RuleType.KeywordForbidden, "refund, скидка, 割引"),
            new Rule("mail", RuleType.RegexMatch, """{"pattern":"\\w+@\\w+","expect":"no_match"}"""),
            new Rule("field", RuleType.JsonField, "total in 1..10"),
        ]);
        string[] outputs = [.. TextSamples.All.Values];
        Verdict[] expected = [.. outputs.Select(output => rules.Evaluate(output))];
        Parallel.For(0, 400, i => rules.Evaluate(outputs[i % outputs.Length]).ShouldBe(expected[i % outputs.Length]));
    }
}
