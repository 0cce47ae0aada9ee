using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class AllocationTests
{
    private static readonly (RuleType Type, string Value)[] Rules =
    [
        (RuleType.KeywordRequired, "conclusion, ende"),
        (RuleType.KeywordRequired, """{"keywords":["absent","nowhere"],"match":"any"}"""),
        (RuleType.KeywordForbidden, "discount, refund, geld zurück, 割引, скидка, خصم, δωρεάν"),
        (RuleType.KeywordForbidden, """{"keywords":["the","und","ist"],"wholeWord":true}"""),
        (RuleType.KeywordForbidden, """{"keywords":["Nowhere"],"caseSensitive":true}"""),
        (RuleType.RegexMatch, """{"pattern":"[\\w.+-]+@[\\w-]+\\.[a-z]{2,}","flags":"i","expect":"no_match"}"""),
        (RuleType.RegexMatch, "/^.{10,}$/s"),
        (RuleType.LengthLimit, "100-500"),
        (RuleType.LengthLimit, "10 words"),
        (RuleType.LengthLimit, "10 lines"),
        (RuleType.LengthLimit, "10 bytes"),
        (RuleType.ConfidenceThreshold, "0.9"),
        (RuleType.JsonField, "total in 1..10"),
        (RuleType.JsonField, "items[*].name matches /^[a-z]+$/"),
        (RuleType.JsonField, "items[-1].note contains zzz"),
        (RuleType.JsonField, "date within 3 days ago"),
        (RuleType.JsonField, "items length > 100000"),
        (RuleType.JsonField, "status in [open, closed]"),
        (RuleType.JsonFieldKeywordRequired, "items[0].note: absent"),
        (RuleType.JsonFieldKeywordForbidden, "items[0].note: Größe, 大きさ"),
    ];

    public static TheoryData<string> Outputs => [.. TextSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Evaluating_allocates_not_one_byte_once_warm(string sample)
    {
        string output = TextSamples.All[sample];
        foreach ((RuleType type, string value) in Rules)
            AllocatedBy(RuleSet.Compile([new Rule("rule", type, value)]), output).ShouldBe(0, $"{type} {value}");
        AllocatedBy(RuleSet.Compile(Rules.Select(static rule => new Rule("rule", rule.Type, rule.Value))), output).ShouldBe(0, "all rules together");
    }

    private static long AllocatedBy(RuleSet rules, string output)
    {
        var evaluation = new Evaluation();
        long least = long.MaxValue;
        for (int round = 0; round < 12; round++)
        {
            // The smallest of several rounds: buffers that a garbage collection took from the pool are made anew once.
            long before = GC.GetAllocatedBytesForCurrentThread();
            rules.Evaluate(output);
            rules.Evaluate(output, 0.5);
            rules.Evaluate(output, 0.5, evaluation);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
