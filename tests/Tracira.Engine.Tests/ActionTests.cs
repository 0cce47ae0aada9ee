using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>What an AI proposes to do, and the person who has to agree.</summary>
public sealed class ActionTests : IAsyncDisposable
{
    private const string Action = """{"name":"refund","summary":"Refund 250 €","params":{"amount":250,"to":["ada@example.com"]}}""";
    private readonly Pipelines _made = new();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Theory]
    [InlineData(RuleType.JsonField, "action.params.amount <= 100", "action.params.amount is 250, expected <= 100")]
    [InlineData(RuleType.JsonField, "action.params.amount <= 250", null)]
    [InlineData(RuleType.JsonField, "$.action.name == refund", null)]
    [InlineData(RuleType.JsonField, "action is object", null)]
    [InlineData(RuleType.JsonField, "action.params.reason exists", "action.params.reason is missing")]
    [InlineData(RuleType.JsonField, "action.params.to[*] matches /example/", null)]
    [InlineData(RuleType.JsonField, "total == 1", null)]
    [InlineData(RuleType.JsonFieldKeywordForbidden, "action.summary: refund", "action.summary: contains \"refund\"")]
    [InlineData(RuleType.JsonFieldKeywordRequired, "action.summary: refund", null)]
    public void Rules_over_JSON_fields_reach_the_action_by_paths_that_begin_with_action(RuleType type, string value, string? reason)
    {
        var evaluation = new Evaluation();
        RuleSet.Compile([new Rule("rule", type, value)]).Evaluate("""{"total":1,"action":{"name":"none"}}""", null, evaluation, Action);
        evaluation.ReasonOf(evaluation.Outcomes[0]).ShouldBe(reason);
        evaluation.MatchesOf(evaluation.Outcomes[0]).Length.ShouldBe(0); // matches are places in the output
    }

    [Fact]
    public void Without_an_action_the_path_leads_into_the_output() =>
        Judge.Flags(RuleType.JsonField, "action.name == none", """{"action":{"name":"none"}}""").ShouldBeFalse();

    [Fact]
    public void Reading_the_action_allocates_nothing()
    {
        RuleSet rules = RuleSet.Compile([new Rule("rule", RuleType.JsonField, "action.params.amount <= 100")]);
        var evaluation = new Evaluation();
        long least = long.MaxValue;
        for (int round = 0; round < 12; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            rules.Evaluate("text", null, evaluation, Action);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    [Fact]
    public async Task An_action_stands_for_an_output_and_is_judged()
    {
        await _made.AddRuleAsync(RuleType.JsonField, "action.params.amount <= 100");
        SubmissionResult result = await _made.Pipeline.SubmitAsync(new("p", "") { Action = Action });
        result.Status.ShouldBe(LogStatus.Flagged);
        result.Log!.Action.ShouldBe(Action);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("null")]
    public void An_action_is_an_object(string action) =>
        new LogSubmission("p", "") { Action = action }.Validate().ShouldHaveSingleItem().Field.ShouldBe("action");

    [Fact]
    public void An_action_has_64_KiB_at_most() =>
        new LogSubmission("p", "x") { Action = $$"""{"a":"{{new string('x', 64 * 1024)}}"}""" }.Validate().ShouldHaveSingleItem().Field.ShouldBe("action");

    [Theory]
    [InlineData("fine", "approval required")]
    [InlineData("a discount", "approval required; rule: contains \"discount\"")]
    public async Task Where_approval_is_required_the_log_is_flagged_whatever_the_rules_say_and_they_are_recorded(string output, string explanation)
    {
        await _made.AddRuleAsync(RuleType.KeywordForbidden, "discount");
        Log log = (await _made.Pipeline.SubmitAsync(new("p", output) { RequireApproval = true })).Log!;
        log.Status.ShouldBe(LogStatus.Flagged);
        log.Explanation.ShouldBe(explanation);
        log.AppliedRules.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Approval_is_required_also_where_the_judges_pass()
    {
        await _made.AddRuleAsync(RuleType.LlmJudge, "Be kind");
        _made.Judge();
        Log log = (await _made.Pipeline.SubmitAsync(new("p", "x") { RequireApproval = true })).Log!;
        log.Status.ShouldBe(LogStatus.Flagged);
        log.Explanation.ShouldBe("approval required");
    }

    [Fact]
    public async Task The_same_id_with_another_action_approval_revision_or_version_is_a_conflict()
    {
        LogSubmission first = new("p", "x") { Id = "a" };
        await _made.Pipeline.SubmitAsync(new("p", "x") { Id = "original" });
        await _made.Pipeline.SubmitAsync(first);
        foreach (LogSubmission other in new[]
        {
            first with { Action = Action }, first with { RequireApproval = true }, first with { RevisionOf = "original" }, first with { InstructionsVersion = 2 },
        })
            (await _made.Pipeline.SubmitAsync(other)).Outcome.ShouldBe(SubmissionOutcome.IdConflict);
    }
}
