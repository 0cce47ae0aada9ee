using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class SubmitManyTests : IAsyncDisposable
{
    private readonly Pipelines _made = new();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Fact]
    public async Task Each_one_is_judged_on_its_own()
    {
        await _made.AddRuleAsync(RuleType.KeywordForbidden, "discount");
        IReadOnlyList<SubmissionResult> results = await _made.Pipeline.SubmitManyAsync(
        [
            new("p", "fine"),
            new("p", "a discount") { Id = "a" },
            new("", ""),
            new("p", "a discount") { Id = "a" },
            new("p", "other") { Id = "a" },
        ]);
        results.Select(static result => result.Outcome).ShouldBe(
        [
            SubmissionOutcome.Accepted, SubmissionOutcome.Accepted, SubmissionOutcome.Invalid, SubmissionOutcome.Repeated, SubmissionOutcome.IdConflict,
        ]);
        results[0].Status.ShouldBe(LogStatus.Pass);
        results[1].Status.ShouldBe(LogStatus.Flagged);
        results[2].Errors.Select(static error => error.Field).ShouldBe(["project", "output"]);
        results[3].Log.ShouldBe(results[1].Log);
    }

    [Fact]
    public async Task The_judges_of_all_are_waited_for_side_by_side()
    {
        await _made.AddRuleAsync(RuleType.LlmJudge, "Be kind");
        Task<IReadOnlyList<SubmissionResult>> submitting = _made.Pipeline
            .SubmitManyAsync([new("p", "a"), new("p", "b") { Wait = TimeSpan.Zero }, new("p", "c")]).AsTask();
        _made.Judge();
        IReadOnlyList<SubmissionResult> results = await submitting;
        results[0].Status.ShouldBe(LogStatus.Pass);
        results[1].Status.ShouldBe(LogStatus.Pending);
        results[2].Status.ShouldBe(LogStatus.Pass);
    }

    [Fact]
    public async Task Nothing_and_only_bad_ones_are_answered_too()
    {
        (await _made.Pipeline.SubmitManyAsync([])).ShouldBeEmpty();
        (await _made.Pipeline.SubmitManyAsync([new("", "x")]))[0].Outcome.ShouldBe(SubmissionOutcome.Invalid);
    }

    [Fact]
    public async Task They_must_be_for_one_workspace() =>
        await Should.ThrowAsync<ArgumentException>(async () =>
            await _made.Pipeline.SubmitManyAsync([new("p", "x"), new("p", "x") { WorkspaceId = "elsewhere" }]));

    [Fact]
    public async Task Logs_find_their_place_while_their_project_is_deleted_at_the_same_moment()
    {
        using var done = new CancellationTokenSource();
        var deleting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (Project project in await _made.Store.Projects.ListAsync(Workspace.DefaultId))
                    await _made.Store.Projects.DeleteAsync(Workspace.DefaultId, project.Id);
                await Task.Delay(1);
            }
        });
        for (int i = 0; i < 2_000; i++)
        {
            (await _made.Pipeline.SubmitAsync(new("p", "x"))).Outcome.ShouldBe(SubmissionOutcome.Accepted);
            (await _made.Pipeline.SubmitManyAsync([new("p", "x"), new("q", "x")])).ShouldAllBe(static result => result.Outcome == SubmissionOutcome.Accepted);
        }

        await done.CancelAsync();
        await deleting;
    }
}
