using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_log_comes_back_with_every_field_as_it_went_in()
    {
        Rule rule = new("Rule", RuleType.LlmJudge, "Be kind") { Id = "r", Revision = 1, CreatedAt = SampleLogs.Noon };
        await Store.Rules.SaveAsync("w", rule);
        Log full = await SampleLogs.InAsync(Store, "Project", "full:1", LogStatus.Flagged, task: "Task") with
        {
            Timestamp = DateTimeOffset.MinValue.AddMilliseconds(1),
            Output = new string('ä', 50_000) + "\0👋",
            Input = "[]",
            InputText = "",
            Model = "gpt",
            LatencyMs = double.Epsilon,
            CostUsd = double.MaxValue,
            Confidence = 0,
            SessionId = "s",
            SubjectId = "c",
            ActorId = "a",
            Metadata = """{"a":"ü"}""",
            Tags = ["one", "two"],
            CallbackUrl = "https://example.com",
            CallbackEvents = CallbackEvents.Pass,
            Fingerprint = "f",
            ConfidenceScore = 0.25,
            Explanation = "because",
            AppliedRules =
            [
                new AppliedRule(rule, RuleOutcomeKind.Passed),
                new AppliedRule(rule, RuleOutcomeKind.Flagged)
                {
                    Reason = "why", Matches = [new TextMatch(1, 2), new TextMatch(3, 4)], Confidence = 0.5, Model = "m", LlmOutput = "raw",
                    Usage = new JudgeUsage(12, 3, 0.5),
                },
                new AppliedRule(new Rule("In code only", RuleType.LengthLimit, "5"), RuleOutcomeKind.Skipped) { Reason = "no" },
            ],
            Attachments =
            [
                new Attachment("a.pdf", "application/pdf", AttachmentRole.Output) { Key = "w/a", Bytes = long.MaxValue },
                new Attachment("b.png", "image/png", AttachmentRole.Input) { SourceUrl = "https://example.com/b.png", Error = "too large" },
            ],
            Action = """{"name":"pay"}""",
            RequireApproval = true,
            RevisionOf = "before",
            InstructionsVersion = 7,
            Flag = new LogFlag(SampleLogs.Noon.AddDays(2), "end_user", "wrong"),
            Decision = new Decision(DecisionKind.Rejected, SampleLogs.Noon, "Ada", "api", "note") { Comment = "do", CorrectedOutput = "done" },
        };
        Log bare = await SampleLogs.InAsync(Store, "Project", Guid.NewGuid().ToString()) with { Timestamp = DateTimeOffset.MaxValue.AddTicks(-9999) };
        (await Store.Logs.AppendAsync(full, [])).ShouldBeNull();
        (await Store.Logs.AppendAsync(bare, [])).ShouldBeNull();
        await ReopenAsync();
        SampleLogs.Describe((await Store.Logs.FindAsync("w", full.Id))!).ShouldBe(SampleLogs.Describe(full));
        SampleLogs.Describe((await Store.Logs.FindAsync("w", bare.Id))!).ShouldBe(SampleLogs.Describe(bare));
    }

    [Fact]
    public async Task A_log_keeps_the_revision_of_the_rule_that_was_applied()
    {
        Rule rule = new("Before", RuleType.LengthLimit, "5") { Id = "r", Revision = 1 };
        await Store.Rules.SaveAsync("w", rule);
        Log log = await SampleLogs.InAsync(Store, "p", "log") with { AppliedRules = [new AppliedRule(rule, RuleOutcomeKind.Passed)] };
        await Store.Logs.AppendAsync(log, []);
        await Store.Rules.SaveAsync("w", rule with { Name = "After", Revision = 2 });
        await Store.Rules.DeleteAsync("w", "r");
        await ReopenAsync();
        (await Store.Logs.FindAsync("w", "log"))!.AppliedRules[0].Rule.ShouldBe(rule);
    }

    [Fact]
    public async Task An_id_that_is_taken_answers_the_log_that_holds_it()
    {
        Log first = await SampleLogs.AddAsync(Store, "p", "same");
        Log second = await SampleLogs.InAsync(Store, "p", "same") with { Output = "other" };
        (await Store.Logs.AppendAsync(second, []))!.Output.ShouldBe(first.Output);
        await SampleLogs.AddAsync(Store, "p", "same", workspace: "elsewhere");
        await SampleLogs.AddAsync(Store, "p", "SAME");
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_logs_with_one_id_at_once_exactly_one_is_added()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "one");
        Log?[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
            await Store.Logs.AppendAsync(log with { Output = $"{i}" }, []))));
        answers.Count(static answer => answer is null).ShouldBe(1);
        answers.OfType<Log>().Select(static answer => answer.Output).Distinct().Count().ShouldBe(1);
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_pending_log_is_completed_once()
    {
        Log pending = await SampleLogs.AddAsync(Store, "p", "log", LogStatus.Pending);
        Log finished = pending with { Status = LogStatus.Flagged, Explanation = "done" };
        (await Store.Logs.CompleteAsync(finished, [])).ShouldBeTrue();
        (await Store.Logs.CompleteAsync(finished with { Status = LogStatus.Pass }, [])).ShouldBeFalse();
        (await Store.Logs.CompleteAsync(finished with { Id = "nobody" }, [])).ShouldBeFalse();
        await ReopenAsync();
        (await Store.Logs.FindAsync("w", "log"))!.Status.ShouldBe(LogStatus.Flagged);
        (await Store.Logs.ListAsync(new LogQuery("w") { Status = LogStatus.Flagged })).Total.ShouldBe(1);
        (await SampleLogs.ReadAllAsync(Store.Logs.ReadPendingAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pending_logs_of_every_workspace_are_read_oldest_first()
    {
        await SampleLogs.AddAsync(Store, "p", "b", LogStatus.Pending);
        await SampleLogs.AddAsync(Store, "p", "done");
        await SampleLogs.AddAsync(Store, "p", "a", LogStatus.Pending, "other");
        await ReopenAsync();
        (await SampleLogs.ReadAllAsync(Store.Logs.ReadPendingAsync())).ShouldBe([("w", "b"), ("other", "a")]);
    }

    [Fact]
    public async Task Messages_come_and_go_with_their_log()
    {
        Log first = await SampleLogs.InAsync(Store, "p", "first");
        Log pending = await SampleLogs.AddAsync(Store, "p", "pending", LogStatus.Pending);
        OutboxMessage[] messages = [SampleLogs.Message(first, "m1"), SampleLogs.Message(first, "m2"), SampleLogs.Message(pending, "m3")];
        await Store.Logs.AppendAsync(first, messages[..2]);
        await Store.Logs.AppendAsync(first, [SampleLogs.Message(first, "never")]);
        await Store.Logs.CompleteAsync(pending with { Status = LogStatus.Pass }, messages[2..]);
        await Store.Logs.CompleteAsync(pending with { Status = LogStatus.Pass }, [SampleLogs.Message(first, "never")]);
        await ReopenAsync();
        (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBe(messages);
        (await Store.Logs.DeleteAsync("w", "first")).ShouldBeTrue();
        await ReopenAsync();
        (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBe(messages[2..]);
    }

    [Fact]
    public async Task A_deleted_log_is_gone_and_its_id_is_free()
    {
        await SampleLogs.AddAsync(Store, "p", "log");
        (await Store.Logs.DeleteAsync("other", "log")).ShouldBeFalse();
        (await Store.Logs.DeleteAsync("w", "log")).ShouldBeTrue();
        (await Store.Logs.DeleteAsync("w", "log")).ShouldBeFalse();
        (await Store.Logs.FindAsync("w", "log")).ShouldBeNull();
        await ReopenAsync();
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
        await SampleLogs.AddAsync(Store, "p", "log");
        await ReopenAsync();
        (await Store.Logs.ListAsync(new LogQuery("w"))).Logs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Counters_follow_every_write()
    {
        Log log = await SampleLogs.AddAsync(Store, "p", "a", LogStatus.Pending);
        await SampleLogs.AddAsync(Store, "p", "b");
        await SampleLogs.AddAsync(Store, "p", "c");
        await Store.Logs.CompleteAsync(log with { Status = LogStatus.Error }, []);
        await Store.Logs.DeleteAsync("w", "c");
        await ReopenAsync();
        var day = new DateOnly(2026, 3, 1);
        (await Store.Logs.CountAsync("w")).OrderBy(static counter => counter.Status).ShouldBe(
        [
            new LogCounter(log.ProjectId, null, LogStatus.Pass, day, 1),
            new LogCounter(log.ProjectId, null, LogStatus.Error, day, 1),
        ]);
        (await Store.Logs.CountAsync("other")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_list_is_not_made() =>
        await Should.ThrowAsync<OperationCanceledException>(async () => await Store.Logs.ListAsync(new LogQuery("w"), new CancellationToken(true)));
}
