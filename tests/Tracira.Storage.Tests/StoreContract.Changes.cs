using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private static readonly Decision Approval = new(DecisionKind.Approved, SampleLogs.Noon, "Ada", "api");

    [Fact]
    public async Task Logs_are_changed_all_at_once_with_their_messages()
    {
        Log first = await SampleLogs.AddAsync(Store, "p", "first", LogStatus.Flagged);
        Log second = await SampleLogs.AddAsync(Store, "p", "second", LogStatus.Flagged);
        await SampleLogs.AddAsync(Store, "p", "third", LogStatus.Error);
        OutboxMessage message = SampleLogs.Message(first, "m");
        IReadOnlyList<LogChange> changes = await Store.Logs.ChangeAsync(
            "w",
            ["first", "nobody", "third", "second"],
            log => log.Id == "third" ? null : new LogWrite(log with { Decision = Approval }, log.Id == "first" ? [message] : []));
        changes.Select(static change => (change.Log?.Id, change.Changed)).ShouldBe([("first", true), (null, false), ("third", false), ("second", true)]);
        changes[0].Log!.Decision.ShouldBe(Approval);
        for (int round = 0; round < 2; round++)
        {
            (await Store.Logs.ListAsync(new LogQuery("w"))).PendingReviews.ShouldBe(1);
            (await Store.Logs.FindAsync("w", "second"))!.ShouldBe(second with { Decision = Approval }, LogComparer);
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBe([message]);
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task Of_many_decisions_on_one_log_the_first_stands_and_the_others_see_it()
    {
        for (int round = 0; round < 20; round++)
        {
            string id = $"log-{round}";
            await SampleLogs.AddAsync(Store, "p", id, LogStatus.Flagged);
            LogChange[] changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
                (await Store.Logs.ChangeAsync("w", [id], log => log.Decision is null
                    ? new LogWrite(log with { Decision = Approval with { By = $"{i}" } }, [])
                    : null))[0])));
            changes.Count(static change => change.Changed).ShouldBe(1);
            changes.Select(static change => change.Log!.Decision!.By).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Changes_that_have_logs_in_common_see_each_other_and_none_is_lost()
    {
        const int Logs = 20;
        for (int i = 0; i < Logs; i++)
            await SampleLogs.AddAsync(Store, "p", $"{i}");
        var random = new Random(3);
        string[][] choices = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, Logs).Where(_ => random.Next(3) == 0).Select(static i => $"{i}").ToArray())];
        await Task.WhenAll(choices.Select(ids => Task.Run(async () => await Store.Logs.ChangeAsync(
            "w", ids, static log => new LogWrite(log with { InstructionsVersion = (log.InstructionsVersion ?? 0) + 1 }, [])))));
        for (int i = 0; i < Logs; i++)
            ((await Store.Logs.FindAsync("w", $"{i}"))!.InstructionsVersion ?? 0).ShouldBe(choices.Count(ids => ids.Contains($"{i}")));
    }

    [Fact]
    public async Task A_change_that_throws_changes_nothing_and_the_store_goes_on()
    {
        await SampleLogs.AddAsync(Store, "p", "first");
        await SampleLogs.AddAsync(Store, "p", "second");
        await Should.ThrowAsync<FormatException>(async () => await Store.Logs.ChangeAsync(
            "w", ["first", "second"], static log => log.Id == "second" ? throw new FormatException() : new LogWrite(log with { RevisionOf = "x" }, [])));
        (await Store.Logs.FindAsync("w", "first"))!.RevisionOf.ShouldBeNull();
        await SampleLogs.AddAsync(Store, "p", "third");
    }

    [Fact]
    public async Task A_decision_on_a_pending_log_outlives_its_completion()
    {
        Log pending = await SampleLogs.AddAsync(Store, "p", "log", LogStatus.Pending);
        await Store.Logs.ChangeAsync("w", ["log"], static log => new LogWrite(log with { Decision = Approval }, []));
        (await Store.Logs.CompleteAsync(pending with { Status = LogStatus.Flagged, Explanation = "why" }, [])).ShouldBeTrue();
        await ReopenAsync();
        Log completed = (await Store.Logs.FindAsync("w", "log"))!;
        (completed.Status, completed.Explanation, completed.Decision).ShouldBe((LogStatus.Flagged, "why", Approval));
        (await Store.Logs.ListAsync(new LogQuery("w"))).PendingReviews.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_may_apply_rules_that_were_never_saved()
    {
        await SampleLogs.AddAsync(Store, "p", "log");
        var rule = new AppliedRule(new Rule("In code", RuleType.LengthLimit, "5"), RuleOutcomeKind.Flagged) { Reason = "long" };
        await Store.Logs.ChangeAsync("w", ["log"], log => new LogWrite(log with { AppliedRules = [rule] }, []));
        await ReopenAsync();
        (await Store.Logs.FindAsync("w", "log"))!.AppliedRules[0].Rule.ShouldBe(rule.Rule);
    }

    [Fact]
    public async Task Nothing_is_changed_where_there_is_no_such_workspace() =>
        (await Store.Logs.ChangeAsync("nobody", ["a", "b"], static log => new LogWrite(log, []))).ShouldBe([default, default]);

    private static readonly IEqualityComparer<Log> LogComparer =
        EqualityComparer<Log>.Create(static (left, right) => SampleLogs.Describe(left!) == SampleLogs.Describe(right!));
}
