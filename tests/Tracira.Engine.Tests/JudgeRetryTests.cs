using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>What becomes of a log whose judge could not be asked.</summary>
public sealed class JudgeRetryTests
{
    private const string W = Workspace.DefaultId;
    private static readonly Judgement Refused = Judgement.Failed("the key is refused");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_judge_that_is_down_is_asked_again_until_it_answers_and_who_heard_of_the_error_hears_of_the_verdict()
    {
        var judge = new ScriptedJudge(ScriptedJudge.Down(), ScriptedJudge.Down(), ScriptedJudge.Pass);
        await using Pipelines made = await MakeAsync(judge);
        Log failed = await SubmitAsync(made);
        (failed.Status, failed.Explanation).ShouldBe((LogStatus.Error, "rule: nobody answers"));
        (await WaitingAsync(made)).ShouldBe(1);

        await ElapseAsync(TimeSpan.FromMinutes(1), () => judge.Asked == 2);
        (await made.FindAsync("a")).Status.ShouldBe(LogStatus.Error);
        await ElapseAsync(TimeSpan.FromMinutes(2), () => judge.Asked == 3);
        await UntilAsync(async () => await WaitingAsync(made) == 0);
        Log judged = await made.FindAsync("a");
        (judged.Status, judged.ConfidenceScore, judged.Explanation).ShouldBe((LogStatus.Pass, 0.9, "The one rule passed."));
        (await made.MessagesAsync()).Select(static message => message.Event).ShouldBe(["log.evaluated", "log.evaluated"]);

        _time.Advance(TimeSpan.FromHours(2));
        await Task.Delay(50);
        judge.Asked.ShouldBe(3);
    }

    [Fact]
    public async Task After_an_hour_it_is_left_to_a_person_and_never_passes()
    {
        var judge = new ScriptedJudge(ScriptedJudge.Down());
        await using Pipelines made = await MakeAsync(judge);
        await SubmitAsync(made);
        List<int> minutes = [];
        for (int minute = 0; minute < 120; minute++)
        {
            int before = judge.Asked;
            bool waits = await WaitingAsync(made) == 1;
            _time.Advance(TimeSpan.FromMinutes(1));
            if (!waits)
                continue;
            await Task.Delay(10);
            await UntilAsync(async () => await DueAsync(made) > _time.GetUtcNow());
            if (judge.Asked > before)
                minutes.Add(minute + 1);
        }

        minutes.Count.ShouldBeInRange(7, 14);
        minutes[^1].ShouldBe(60);
        (await WaitingAsync(made)).ShouldBe(0);
        (await made.FindAsync("a")).AwaitsReview.ShouldBeTrue();
        (await made.MessagesAsync()).Length.ShouldBe(1, "nothing has changed");
    }

    [Fact]
    public async Task What_asking_again_cannot_mend_is_left_to_a_person_at_once()
    {
        var judge = new ScriptedJudge(Refused);
        await using Pipelines made = await MakeAsync(judge);
        (await SubmitAsync(made)).Status.ShouldBe(LogStatus.Error);
        (await WaitingAsync(made)).ShouldBe(0);
    }

    [Fact]
    public async Task A_judge_that_throws_is_asked_again_until_it_says_that_this_is_no_use()
    {
        var judge = new ScriptedJudge((_, time) => time == 0 ? throw new IOException("the wire is cut") : Task.FromResult(Refused));
        await using Pipelines made = await MakeAsync(judge);
        (await SubmitAsync(made)).Explanation.ShouldBe("rule: the judge failed: the wire is cut");
        await ElapseAsync(TimeSpan.FromMinutes(1), () => judge.Asked == 2);
        await UntilAsync(async () => await WaitingAsync(made) == 0);
        (await made.FindAsync("a")).Explanation.ShouldBe("rule: the key is refused");
    }

    [Fact]
    public async Task A_judge_is_left_alone_for_as_long_as_it_asks_for_but_not_beyond_the_hour()
    {
        var patient = new ScriptedJudge(ScriptedJudge.Down(TimeSpan.FromMinutes(20)), ScriptedJudge.Pass);
        await using (Pipelines made = await MakeAsync(patient))
        {
            await SubmitAsync(made);
            _time.Advance(TimeSpan.FromMinutes(19));
            await Task.Delay(50);
            patient.Asked.ShouldBe(1);
            await ElapseAsync(TimeSpan.FromMinutes(1), () => patient.Asked == 2);
        }

        var tomorrow = new ScriptedJudge(ScriptedJudge.Down(TimeSpan.FromHours(24)));
        await using Pipelines other = await MakeAsync(tomorrow);
        await SubmitAsync(other);
        (await WaitingAsync(other)).ShouldBe(0);
    }

    [Fact]
    public async Task A_person_who_is_quicker_than_the_judge_has_the_last_word()
    {
        var speaks = new TaskCompletionSource<Judgement>();
        var judge = new ScriptedJudge((_, time) => time == 0 ? Task.FromResult(ScriptedJudge.Down()) : speaks.Task);
        await using Pipelines made = await MakeAsync(judge);
        await SubmitAsync(made);
        await ElapseAsync(TimeSpan.FromMinutes(1), () => judge.Asked == 2);
        await made.Reviews.DecideAsync(W, ["a"], new Decision(DecisionKind.Rejected, _time.GetUtcNow(), "Ada", "api"));
        speaks.SetResult(ScriptedJudge.Pass);
        await UntilAsync(async () => await WaitingAsync(made) == 0);
        Log log = await made.FindAsync("a");
        (log.Status, log.Decision!.Kind).ShouldBe((LogStatus.Error, DecisionKind.Rejected));
    }

    [Theory]
    [InlineData("decided")]
    [InlineData("flagged")]
    [InlineData("deleted")]
    public async Task Nobody_is_asked_about_a_log_that_needs_no_answer_any_more(string meanwhile)
    {
        var judge = new ScriptedJudge(ScriptedJudge.Down());
        await using Pipelines made = await MakeAsync(judge);
        await SubmitAsync(made);
        if (meanwhile == "decided")
            await made.Reviews.DecideAsync(W, ["a"], new Decision(DecisionKind.Approved, _time.GetUtcNow(), "Ada", "api"));
        else if (meanwhile == "flagged")
            await made.Reviews.FlagAsync(W, "a", new LogFlag(_time.GetUtcNow(), "api", null));
        else
            await made.Store.Logs.DeleteAsync(W, "a");
        _time.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(async () => await WaitingAsync(made) == 0);
        judge.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_outlives_a_restart()
    {
        await using var store = new InMemoryStore();
        var down = new ScriptedJudge(ScriptedJudge.Down());
        await using (Pipelines before = await MakeAsync(down, store))
            await SubmitAsync(before);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Task.Delay(50);
        down.Asked.ShouldBe(1, "nobody is there to ask");

        var up = new ScriptedJudge(ScriptedJudge.Flag);
        await using Pipelines after = new(store, up, _time);
        (await after.Pipeline.RecoverAsync()).ShouldBe(0);
        await UntilAsync(async () => await WaitingAsync(after) == 0);
        (await after.FindAsync("a")).Status.ShouldBe(LogStatus.Flagged);
    }

    [Fact]
    public async Task A_log_still_pending_after_a_crash_is_judged_as_if_it_were_new()
    {
        await using var store = new InMemoryStore();
        await using (Pipelines before = await MakeAsync(new ScriptedJudge(ScriptedJudge.Down()), store))
            await SubmitAsync(before);
        Log failed = (await store.Logs.FindAsync(W, "a"))!;
        await store.Logs.ChangeAsync(W, ["a"], log => new LogWrite(
            log with { Status = LogStatus.Pending, AppliedRules = [log.AppliedRules[0] with { Outcome = RuleOutcomeKind.Undecided }] }, []));
        _time.Advance(TimeSpan.FromMinutes(1));

        var up = new ScriptedJudge(ScriptedJudge.Pass);
        await using Pipelines after = new(store, up, _time);
        (await after.Pipeline.RecoverAsync()).ShouldBe(1);
        await UntilAsync(async () => (await after.FindAsync("a")).Status == LogStatus.Pass);
        _time.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(async () => await WaitingAsync(after) == 0);
        up.Asked.ShouldBe(1);
        failed.Status.ShouldBe(LogStatus.Error);
    }

    [Fact]
    public async Task Only_rules_without_an_answer_are_asked_about_again_and_all_that_was_paid_is_counted()
    {
        int asked = 0;
        Judgement garbled = ScriptedJudge.Down() with { Usage = new JudgeUsage(50, 5, 0.005) };
        var judge = new ScriptedJudge((request, _) => Task.FromResult(
            request.Rule.Name == "refused" ? Refused
            : request.Rule.Name == "kind" ? ScriptedJudge.Pass
            : Interlocked.Increment(ref asked) == 1 ? garbled : ScriptedJudge.Pass));
        await using var made = new Pipelines(judge: judge, time: _time);
        foreach (string name in new[] { "kind", "down", "refused" })
            await made.AddRuleAsync(RuleType.LlmJudge, "Be kind", name);
        await SubmitAsync(made);
        await ElapseAsync(TimeSpan.FromMinutes(1), () => judge.Asked == 4);
        await UntilAsync(async () => await WaitingAsync(made) == 0);
        judge.Rules.Last().ShouldBe("down");
        Log log = await made.FindAsync("a");
        log.Status.ShouldBe(LogStatus.Error, "one rule is still without an answer");
        log.AppliedRules.Single(static rule => rule.Rule.Name == "down").Usage.ShouldBe(new JudgeUsage(150, 15, 0.015));
    }

    [Fact]
    public async Task Nothing_is_asked_again_where_the_setting_says_so()
    {
        await using Pipelines made = await MakeAsync(new ScriptedJudge(ScriptedJudge.Down()), options: new PipelineOptions { JudgeRetryPeriod = TimeSpan.Zero });
        await SubmitAsync(made);
        (await WaitingAsync(made)).ShouldBe(0);
    }

    [Fact]
    public async Task The_judges_of_one_log_are_asked_side_by_side_also_when_nothing_is_stored()
    {
        using var together = new CountdownEvent(6);
        var judge = new ScriptedJudge((_, _) => Task.Run(() =>
        {
            together.Signal();
            return together.Wait(TimeSpan.FromSeconds(10)) ? ScriptedJudge.Pass : Refused;
        }));
        await using var made = new Pipelines(judge: judge);
        Rule[] rules = [.. Enumerable.Range(0, 3).Select(static i => new Rule($"rule {i}", RuleType.LlmJudge, $"Be kind {i}"))];
        foreach (Rule rule in rules)
            await made.AddRuleAsync(rule.Type, rule.Value, rule.Name);
        Task<Log> tried = made.Pipeline.TryAsync(W, rules, "x", null).AsTask();
        (await SubmitAsync(made)).Status.ShouldBe(LogStatus.Pass);
        (await tried).Status.ShouldBe(LogStatus.Pass);
    }

    private async Task<Pipelines> MakeAsync(IJudge judge, ITraciraStore? store = null, PipelineOptions? options = null)
    {
        var made = new Pipelines(store is null ? null : new Kept(store), judge, _time, options);
        await made.AddRuleAsync(RuleType.LlmJudge, "Be kind");
        return made;
    }

    private static async Task<Log> SubmitAsync(Pipelines made) =>
        (await made.Pipeline.SubmitAsync(new LogSubmission("p", "x") { Id = "a", CallbackUrl = "https://example.com/hook" })).Log!;

    private async Task ElapseAsync(TimeSpan time, Func<bool> holds)
    {
        _time.Advance(time);
        await UntilAsync(() => Task.FromResult(holds()));
    }

    private static async Task<int> WaitingAsync(Pipelines made) => (await made.Store.Records.ListAsync("judge-retries", "")).Count;

    private static async Task<DateTimeOffset> DueAsync(Pipelines made)
    {
        if (await made.Store.Records.ListAsync("judge-retries", "") is not [Record record])
            return DateTimeOffset.MaxValue;
        using var json = System.Text.Json.JsonDocument.Parse(record.Json);
        return DateTimeOffset.FromUnixTimeMilliseconds(json.RootElement.GetProperty("dueAt").GetInt64());
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(10);
        while (!await holds())
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException("It did not come to pass.");
            await Task.Delay(5);
        }
    }

    /// <summary>A store that outlives the pipelines over it.</summary>
    private sealed class Kept(ITraciraStore store) : ITraciraStore
    {
        public IWorkspaceStore Workspaces => store.Workspaces;

        public IProjectStore Projects => store.Projects;

        public IRuleStore Rules => store.Rules;

        public ILogStore Logs => store.Logs;

        public IOutboxStore Outbox => store.Outbox;

        public IRecordStore Records => store.Records;

        public IMediaStore Media => store.Media;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
