using System.Globalization;
using CsCheck;
using Shouldly;
using Tracira.Benchmarks;
using Tracira.Engine.Tests.Cases;
using Tracira.Engine.Tests.Reference;
using Xunit;
using Case = Tracira.Engine.Tests.Cases.Case;

namespace Tracira.Engine.Tests;

/// <summary>A set that takes over what it can from the one before is no other than one made anew.</summary>
public sealed class ChangedRuleSetTests
{
    private const int Edits = 8;

    [Fact]
    public void Sets_changed_rule_by_rule_say_what_fresh_ones_say() => Gen.Select(Gen.Int[1, 30], Gen.Int).Sample(
        static (size, seed) =>
        {
            var draw = new Draw(seed, size);
            Case drawn = draw.Percent(40) ? KeywordCases.MakeLong(draw) : MixedCases.Make(draw);
            List<Rule> others = [.. MixedCases.Make(draw).Rules, .. KeywordCases.Make(draw).Rules];
            List<Rule> rules = [.. drawn.Rules];
            RuleSet changed = Agreement.Compile(rules);
            for (int edit = 0; edit < Edits; edit++)
            {
                Edit(draw, rules, others);
                changed = changed.With(rules);
                SaysTheSame(changed, Agreement.Compile(rules), drawn.Inputs);
            }
        },
        iter: Property.Share(2));

    [Fact]
    public void A_set_changed_out_of_one_without_rules_is_a_fresh_one() =>
        RuleSet.Empty.With([new Rule("a", RuleType.KeywordForbidden, "b")]).Evaluate("abc").Status.ShouldBe(LogStatus.Flagged);

    [Fact]
    public void A_change_that_does_not_fit_leaves_the_set_as_it_was()
    {
        var rules = RuleSet.Compile([new Rule("a", RuleType.KeywordForbidden, "b")]);
        Should.Throw<RuleException>(() => rules.With([new Rule("a", RuleType.RegexMatch, "(")])).Faults.Count.ShouldBe(1);
        rules.Evaluate("abc").Status.ShouldBe(LogStatus.Flagged);
    }

    [Fact]
    public void One_changed_rule_among_a_hundred_with_ten_thousand_keywords_takes_a_tenth_of_the_memory_traffic()
    {
        List<Rule> rules = [.. Enumerable.Range(0, 100).Select(static rule => Keywords(rule, ""))];
        RuleSet.Compile(rules).With(rules); // warms up
        long before = GC.GetAllocatedBytesForCurrentThread();
        var set = RuleSet.Compile(rules);
        long anew = GC.GetAllocatedBytesForCurrentThread() - before;
        rules[50] = Keywords(50, "!");
        before = GC.GetAllocatedBytesForCurrentThread();
        RuleSet changed = set.With(rules);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(anew / 10);
        changed.Evaluate("there is word 50 7! here").Flagged.ShouldBe(1);
        set.Evaluate("there is word 50 7! here").Flagged.ShouldBe(0);
    }

    [Fact]
    public void One_changed_pattern_among_a_hundred_takes_a_tenth_of_the_memory_traffic()
    {
        List<Rule> rules = [.. SamplePatterns.All.Select(static pattern =>
            new Rule("pattern", RuleType.RegexMatch, RuleValues.Long(("pattern", pattern.Pattern), ("flags", pattern.Flags), ("expect", "no_match"))))];
        RuleSet.Compile(rules).With(rules); // warms up
        long before = GC.GetAllocatedBytesForCurrentThread();
        var set = RuleSet.Compile(rules);
        long anew = GC.GetAllocatedBytesForCurrentThread() - before;
        rules[50] = rules[50] with { Value = "/new pattern [0-9]+/i" };
        before = GC.GetAllocatedBytesForCurrentThread();
        RuleSet changed = set.With(rules);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(anew / 10);
        changed.Evaluate("a new pattern 5").Flagged.ShouldBe(0);
        changed.Evaluate("a new 5").Flagged.ShouldBe(1);
    }

    private static Rule Keywords(int rule, string mark) => new(
        "keywords", RuleType.KeywordForbidden, string.Join(',', Enumerable.Range(0, 100).Select(word => string.Create(CultureInfo.InvariantCulture, $"word {rule} {word}{(mark.Length > 0 ? mark : "?")}"))));

    private static void Edit(Draw draw, List<Rule> rules, List<Rule> others)
    {
        int at = draw.Below(rules.Count + 1);
        switch (draw.Below(5))
        {
            case 0 when at < rules.Count:
                rules.RemoveAt(at);
                break;
            case 1 when at < rules.Count:
                rules[at] = draw.Of(others);
                break;
            case 2 when at < rules.Count:
                (rules[0], rules[at]) = (rules[at], rules[0]);
                break;
            case 3 when at < rules.Count:
                rules[at] = rules[at] with { Name = "renamed" };
                break;
            default:
                rules.Insert(at, draw.Of(others));
                break;
        }
    }

    private static void SaysTheSame(RuleSet changed, RuleSet fresh, IReadOnlyList<Input> inputs)
    {
        var said = new Evaluation();
        var expected = new Evaluation();
        foreach (Input input in inputs)
        {
            changed.Evaluate(input.Output, input.Confidence, said, input.Action);
            fresh.Evaluate(input.Output, input.Confidence, expected, input.Action);
            for (int i = 0; i < fresh.Rules.Count; i++)
            {
                var outcome = ReferenceOutcome.Of(said, said.Outcomes[i]);
                var reference = ReferenceOutcome.Of(expected, expected.Outcomes[i]);
                // Whether a pattern with a budget spends it is a matter of luck.
                if (outcome.Kind != RuleOutcomeKind.Error && reference.Kind != RuleOutcomeKind.Error)
                    outcome.ShouldBe(reference, fresh.Rules[i].Value);
                said.Outcomes[i].Rule.ShouldBe(fresh.Rules[i]);
            }
        }
    }
}
