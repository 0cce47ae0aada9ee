using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class LogReviewsTests : IAsyncDisposable
{
    private const string W = Workspace.DefaultId;
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Pipelines _made = new();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Fact]
    public async Task The_first_decision_stands_and_the_status_stays()
    {
        await SubmitAsync("a");
        (await DecideAsync("a", DecisionKind.Approved)).ShouldBe(ReviewOutcome.Done);
        (await DecideAsync("a", DecisionKind.Approved, by: "somebody else")).ShouldBe(ReviewOutcome.Repeated);
        (await DecideAsync("a", DecisionKind.Rejected)).ShouldBe(ReviewOutcome.AlreadyDecided);
        Log log = await _made.FindAsync("a");
        log.Status.ShouldBe(LogStatus.Pass);
        log.Decision.ShouldBe(new Decision(DecisionKind.Approved, Noon, "Ada", "api"));
    }

    [Fact]
    public async Task Each_id_has_its_own_outcome()
    {
        await SubmitAsync("done");
        await SubmitAsync("open");
        await _made.AddRuleAsync(RuleType.LlmJudge, "Be kind");
        await SubmitAsync("pending");
        await DecideAsync("done", DecisionKind.Rejected);
        IReadOnlyList<ReviewResult> results = await _made.Reviews.DecideAsync(
            W, ["nothing", "pending", "done", "open"], new Decision(DecisionKind.Approved, Noon, "Ada", "api"));
        results.Select(static result => result.Outcome).ShouldBe(
            [ReviewOutcome.NotFound, ReviewOutcome.StillEvaluating, ReviewOutcome.AlreadyDecided, ReviewOutcome.Done]);
        results[0].Log.ShouldBeNull();
        results[3].Log!.Decision!.Kind.ShouldBe(DecisionKind.Approved);
    }

    [Theory]
    [InlineData(CallbackEvents.All, "log.evaluated")]
    [InlineData(CallbackEvents.Pass, "log.evaluated")]
    [InlineData(CallbackEvents.FlaggedError, "")]
    [InlineData(CallbackEvents.Decisions, "log.decided")]
    [InlineData(CallbackEvents.FlaggedErrorDecisions, "log.decided")]
    public async Task A_decision_is_called_back_where_decisions_are_asked_for_and_once(CallbackEvents events, string messages)
    {
        await SubmitAsync("a", submission => submission with { CallbackUrl = "https://example.com/hook", CallbackEvents = events });
        await DecideAsync("a", DecisionKind.Approved);
        await DecideAsync("a", DecisionKind.Approved);
        OutboxMessage[] sent = await _made.MessagesAsync();
        sent.Select(static message => message.Event).ShouldBe(messages.Split(',', StringSplitOptions.RemoveEmptyEntries));
        sent.ShouldAllBe(static message => message.Url == "https://example.com/hook" && message.LogId == "a");
    }

    [Fact]
    public async Task Of_50_opposite_decisions_at_once_one_wins_and_all_answers_agree()
    {
        await SubmitAsync("a");
        ReviewResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
            (await _made.Reviews.DecideAsync(W, ["a"], new Decision((DecisionKind)(i % 2), Noon, $"person {i}", "api")))[0])));
        Decision standing = (await _made.FindAsync("a")).Decision!;
        results.Count(static result => result.Outcome == ReviewOutcome.Done).ShouldBe(1);
        results.Count(static result => result.Outcome == ReviewOutcome.Repeated).ShouldBe(24);
        results.Count(static result => result.Outcome == ReviewOutcome.AlreadyDecided).ShouldBe(25);
        results.ShouldAllBe(result => result.Log!.Decision == standing);
    }

    [Fact]
    public async Task A_reported_problem_flags_the_log_and_opens_it_for_a_decision_again()
    {
        await SubmitAsync("a");
        await DecideAsync("a", DecisionKind.Approved);
        ReviewResult result = await _made.Reviews.FlagAsync(W, "a", new LogFlag(Noon, "end_user", "It was wrong."));
        result.Outcome.ShouldBe(ReviewOutcome.Done);
        Log log = await _made.FindAsync("a");
        log.Status.ShouldBe(LogStatus.Flagged);
        log.AwaitsReview.ShouldBeTrue();
        log.Flag.ShouldBe(new LogFlag(Noon, "end_user", "It was wrong."));
        log.Explanation.ShouldBe("It was wrong.");
        (await DecideAsync("a", DecisionKind.Rejected)).ShouldBe(ReviewOutcome.Done);
    }

    [Fact]
    public async Task A_pending_log_cannot_be_flagged_and_a_missing_one_is_not_found()
    {
        await _made.AddRuleAsync(RuleType.LlmJudge, "Be kind");
        await SubmitAsync("a");
        (await _made.Reviews.FlagAsync(W, "a", new LogFlag(Noon, "api", null))).Outcome.ShouldBe(ReviewOutcome.StillEvaluating);
        (await _made.Reviews.FlagAsync(W, "b", new LogFlag(Noon, "api", null))).Outcome.ShouldBe(ReviewOutcome.NotFound);
        (await _made.Reviews.FlagAsync("elsewhere", "a", new LogFlag(Noon, "api", null))).Outcome.ShouldBe(ReviewOutcome.NotFound);
    }

    [Theory]
    [InlineData(DecisionKind.Changed, null, null, "comment")]
    [InlineData(DecisionKind.Changed, "shorter", "text", "comment")]
    [InlineData(DecisionKind.Changed, "shorter", null, "")]
    [InlineData(DecisionKind.Changed, null, "text", "")]
    [InlineData(DecisionKind.Approved, "shorter", null, "comment")]
    [InlineData(DecisionKind.Handled, null, "text", "correctedOutput")]
    [InlineData(DecisionKind.Handled, null, null, "")]
    public async Task A_change_says_either_what_to_do_or_what_it_shall_be(DecisionKind kind, string? comment, string? corrected, string faulty)
    {
        var decision = new Decision(kind, Noon, "Ada", "api") { Comment = comment, CorrectedOutput = corrected };
        decision.Validate().Select(static error => error.Field).ShouldBe(faulty.Split(',', StringSplitOptions.RemoveEmptyEntries));
        await SubmitAsync("a");
        if (faulty.Length > 0)
            await Should.ThrowAsync<ArgumentException>(async () => await _made.Reviews.DecideAsync(W, ["a"], decision));
        else
            (await _made.Reviews.DecideAsync(W, ["a"], decision))[0].Log!.Decision.ShouldBe(decision);
    }

    [Fact]
    public async Task Another_change_than_the_first_is_not_the_same_decision()
    {
        await SubmitAsync("a");
        var first = new Decision(DecisionKind.Changed, Noon, "Ada", "api") { Comment = "shorter" };
        await _made.Reviews.DecideAsync(W, ["a"], first);
        (await _made.Reviews.DecideAsync(W, ["a"], first with { By = "Bob" }))[0].Outcome.ShouldBe(ReviewOutcome.Repeated);
        (await _made.Reviews.DecideAsync(W, ["a"], first with { Comment = "longer" }))[0].Outcome.ShouldBe(ReviewOutcome.AlreadyDecided);
    }

    private async Task SubmitAsync(string id, Func<LogSubmission, LogSubmission>? with = null)
    {
        var submission = new LogSubmission("p", "x") { Id = id, Wait = TimeSpan.Zero };
        (await _made.Pipeline.SubmitAsync(with?.Invoke(submission) ?? submission)).Outcome.ShouldBe(SubmissionOutcome.Accepted);
    }

    private async Task<ReviewOutcome> DecideAsync(string id, DecisionKind kind, string by = "Ada") =>
        (await _made.Reviews.DecideAsync(W, [id], new Decision(kind, Noon, by, "api")))[0].Outcome;
}
