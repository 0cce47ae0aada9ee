using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private static readonly DateOnly First = new(2026, 3, 1);
    private static readonly DateOnly Second = new(2026, 3, 2);

    [Fact]
    public async Task What_rules_flagged_is_counted_by_project_day_and_decision()
    {
        Log mail = await SampleLogs.InAsync(Store, "Mail", "?", LogStatus.Flagged);
        Log chat = await SampleLogs.InAsync(Store, "Chat", "?", LogStatus.Flagged);
        Rule one = RuleOf("one");
        Rule two = RuleOf("two");
        await AppendAsync(mail with { Id = "a", AppliedRules = [Flagged(one), Flagged(two)] });
        await AppendAsync(mail with { Id = "b", AppliedRules = [Flagged(one), new AppliedRule(two, RuleOutcomeKind.Passed)] });
        await AppendAsync(mail with { Id = "c", AppliedRules = [Flagged(one)], Timestamp = SampleLogs.Noon.AddDays(1) });
        await AppendAsync(chat with { Id = "d", AppliedRules = [Flagged(one)] });
        await AppendAsync(chat with { Id = "e", AppliedRules = [Flagged(two)], Status = LogStatus.Pending });
        await DecideAsync("b", DecisionKind.Rejected);
        await DecideAsync("d", DecisionKind.Handled);
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            (await RulesAsync(First, Second)).ShouldBe(
            [
                "Chat one 03-01 Handled 1",
                "Mail one 03-01 1",
                "Mail one 03-01 Rejected 1",
                "Mail one 03-02 1",
                "Mail two 03-01 1",
            ]);
            (await RulesAsync(Second, Second)).ShouldBe(["Mail one 03-02 1"]);
            (await RulesAsync(Second.AddDays(1), DateOnly.MaxValue)).ShouldBeEmpty();
            (await Store.Logs.CountRulesAsync("other", First, Second)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_changed_decision_a_new_verdict_and_a_deletion_leave_nothing_of_what_was_counted_before()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "?", LogStatus.Flagged);
        Rule one = RuleOf("one");
        Rule two = RuleOf("two");
        foreach (string id in new[] { "a", "b", "c", "d" })
            await AppendAsync(log with { Id = id, AppliedRules = [Flagged(one)], LatencyMs = 0.1, CostUsd = 0.1 });
        await AppendAsync(log with { Id = "p", Status = LogStatus.Pending, LatencyMs = 0.2, CostUsd = 0.7 });
        await ReopenAsync();

        await DecideAsync("a", DecisionKind.Approved);
        await DecideAsync("a", DecisionKind.Rejected);
        await DecideAsync("b", null);
        await Store.Logs.ChangeAsync("w", ["c"], was => new LogWrite(was with { Status = LogStatus.Pass, AppliedRules = [new(one, RuleOutcomeKind.Passed)] }, []));
        await Store.Logs.ChangeAsync("w", ["d"], was => new LogWrite(was with { AppliedRules = [Flagged(two)] }, []));
        await Store.Logs.CompleteAsync((await Store.Logs.FindAsync("w", "p"))! with { Status = LogStatus.Flagged, AppliedRules = [Flagged(one), Flagged(two)] }, []);
        for (int round = 0; round < 2; round++, await ReopenAsync())
            (await RulesAsync(First, Second)).ShouldBe(["Mail one 03-01 2", "Mail one 03-01 Rejected 1", "Mail two 03-01 2"]);

        await Store.Logs.DeleteAsync("w", "a");
        await Store.Logs.DeleteManyAsync("w", ["b", "c", "nobody"]);
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            (await RulesAsync(First, Second)).ShouldBe(["Mail one 03-01 1", "Mail two 03-01 2"]);
            ModelTally left = (await Store.Logs.CountModelsAsync("w", First, First)).ShouldHaveSingleItem().Tally;
            (left.Logs, left.LatencyMs, left.CostUsd).ShouldBe((2, 0.3m, 0.8m));
        }

        (await Store.Logs.DeleteOlderAsync("w", null, SampleLogs.Noon.AddDays(1), 10)).Count.ShouldBe(2);
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            (await RulesAsync(First, Second)).ShouldBeEmpty();
            (await Store.Logs.CountModelsAsync("w", First, Second)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Counters_move_with_a_merged_project_and_go_with_a_deleted_task_or_project()
    {
        Log mail = await SampleLogs.InAsync(Store, "Mail", "?", LogStatus.Flagged, task: "Draft");
        Log chat = await SampleLogs.InAsync(Store, "Chat", "?", LogStatus.Flagged);
        Rule one = RuleOf("one");
        await AppendAsync(mail with { Id = "a", AppliedRules = [Flagged(one)], Model = "m" });
        await AppendAsync(chat with { Id = "b", AppliedRules = [Flagged(one)], Model = "M" });
        await AppendAsync(chat with { Id = "c", AppliedRules = [Flagged(one)] });
        (await Store.Projects.MergeAsync("w", mail.ProjectId, chat.ProjectId)).ShouldBeTrue();
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            (await RulesAsync(First, Second)).ShouldBe(["Chat one 03-01 3"]);
            (await Store.Logs.CountModelsAsync("w", First, First)).Select(static counter => (counter.Model, counter.Tally.Logs))
                .OrderBy(static counter => counter.Logs).ShouldBe([(null, 1), ("m", 2)]);
        }

        (await Store.Projects.DeleteTaskAsync("w", chat.ProjectId, "draft")).ShouldBeTrue();
        for (int round = 0; round < 2; round++, await ReopenAsync())
            (await RulesAsync(First, Second)).ShouldBe(["Chat one 03-01 2"]);
        (await Store.Projects.DeleteAsync("w", chat.ProjectId)).ShouldBeTrue();
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            (await RulesAsync(First, Second)).ShouldBeEmpty();
            (await Store.Logs.CountModelsAsync("w", First, First)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_rule_is_counted_under_the_name_it_was_last_given_also_when_it_is_gone()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "a", LogStatus.Flagged);
        Rule rule = RuleOf("r") with { Revision = 1 };
        await Store.Rules.SaveAsync("w", rule);
        await AppendAsync(log with { AppliedRules = [Flagged(rule)] });
        Rule renamed = rule with { Name = "Renamed", Revision = 2 };
        await Store.Rules.SaveAsync("w", renamed);
        await AppendAsync(log with { Id = "b", AppliedRules = [Flagged(renamed)] });
        await Store.Rules.DeleteAsync("w", "r");
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            RuleCounter counter = (await Store.Logs.CountRulesAsync("w", First, First)).ShouldHaveSingleItem();
            (counter.RuleId, counter.RuleName, counter.Count).ShouldBe(("r", "Renamed", 2));
        }
    }

    [Fact]
    public async Task Any_number_of_models_and_rules_a_day_takes_so_many_counters_and_no_more()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "?", LogStatus.Flagged);
        const int Logs = RuleCounter.MaxRules + 40;
        LogWrite[] writes = [.. Enumerable.Range(0, Logs).Select(i => new LogWrite(
            log with { Id = $"log-{i}", Model = $"model-{i}", CostUsd = 0.5, LatencyMs = 100, AppliedRules = [Flagged(RuleOf($"rule-{i}"))] }, []))];
        await Store.Logs.AppendManyAsync(writes);
        for (int round = 0; round < 2; round++, await ReopenAsync())
        {
            IReadOnlyList<ModelCounter> models = await Store.Logs.CountModelsAsync("w", First, First);
            models.Count.ShouldBe(ModelCounter.MaxModels + 1);
            models.Sum(static model => model.Tally.CostUsd).ShouldBe(Logs / 2m);
            models.Single(static model => model.IsOthers).Tally.Logs.ShouldBe(Logs - ModelCounter.MaxModels);
            IReadOnlyList<RuleCounter> rules = await Store.Logs.CountRulesAsync("w", First, First);
            rules.Count.ShouldBe(RuleCounter.MaxRules + 1);
            rules.Single(static rule => rule.RuleId is null).Count.ShouldBe(40);
        }

        await Store.Logs.DeleteManyAsync("w", [.. Enumerable.Range(20, Logs - 20).Select(static i => $"log-{i}")]);
        (await Store.Logs.CountModelsAsync("w", First, First)).Select(static model => model.Model)
            .ShouldBe(Enumerable.Range(0, 20).Select(static i => $"model-{i}"), ignoreOrder: true);
        (await Store.Logs.CountRulesAsync("w", First, First)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_log_that_all_of_ten_thousand_rules_flag_counts_for_the_first_hundred()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "a", LogStatus.Flagged);
        await AppendAsync(log with { AppliedRules = [.. Enumerable.Range(0, 10_000).Select(static i => Flagged(RuleOf($"rule-{i}")))] });
        (await Store.Logs.CountRulesAsync("w", First, First)).Select(static rule => rule.RuleId)
            .ShouldBe(Enumerable.Range(0, RuleCounter.MaxRulesOfLog).Select(static i => $"rule-{i}"), ignoreOrder: true);
    }

    private static Rule RuleOf(string id) => new(id, RuleType.LengthLimit, "5") { Id = id };

    private static AppliedRule Flagged(Rule rule) => new(rule, RuleOutcomeKind.Flagged);

    private async Task AppendAsync(Log log) => (await Store.Logs.AppendAsync(log, [])).ShouldBeNull();

    private async Task DecideAsync(string id, DecisionKind? kind) => await Store.Logs.ChangeAsync("w", [id], log =>
        new LogWrite(log with { Decision = kind is { } decision ? Approval with { Kind = decision } : null }, []));

    private async Task<string[]> RulesAsync(DateOnly first, DateOnly last)
    {
        Dictionary<string, string> names = (await Store.Projects.ListAsync("w")).ToDictionary(static project => project.Id, static project => project.Name);
        return [.. (await Store.Logs.CountRulesAsync("w", first, last))
            .Select(counter => $"{names[counter.ProjectId]} {counter.RuleId} {counter.Day:MM-dd} {counter.Decision} {counter.Count}".Replace("  ", " ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }
}
