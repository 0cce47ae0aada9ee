using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class RevisionTests : IAsyncDisposable
{
    private readonly Pipelines _made = new();

    public ValueTask DisposeAsync() => _made.DisposeAsync();

    [Fact]
    public async Task Every_attempt_knows_the_ones_before_it_and_behind_it()
    {
        await SubmitAsync("a", null);
        await SubmitAsync("b", "a");
        await SubmitAsync("c", "b");
        await SubmitAsync("c", "b"); // a retry
        foreach (string id in new[] { "a", "b", "c" })
            (await ChainAsync(id)).ShouldBe(["a", "b", "c"]);
        await SubmitAsync("alone", null);
        (await ChainAsync("alone")).ShouldBe(["alone"]);
    }

    [Fact]
    public async Task Attempts_that_are_gone_are_left_out()
    {
        await SubmitAsync("a", null);
        await SubmitAsync("b", "a");
        await SubmitAsync("c", "b");
        await _made.Store.Logs.DeleteAsync(Workspace.DefaultId, "a");
        (await ChainAsync("c")).ShouldBe(["b", "c"]);
        await _made.Store.Logs.DeleteAsync(Workspace.DefaultId, "c");
        (await ChainAsync("b")).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Ids_that_were_used_again_do_not_lead_in_a_circle()
    {
        await SubmitAsync("a", null);
        await SubmitAsync("b", "a");
        await _made.Store.Logs.DeleteAsync(Workspace.DefaultId, "a");
        await SubmitAsync("a", "b");
        (await ChainAsync("a")).Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Attempts_made_at_the_same_moment_are_all_known()
    {
        await SubmitAsync("a", null);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => SubmitAsync($"r{i}", "a"))));
        (await ChainAsync("a")).Count.ShouldBe(21);
    }

    [Fact]
    public async Task A_revision_of_nothing_is_refused()
    {
        SubmissionResult result = await _made.Pipeline.SubmitAsync(new("p", "x") { RevisionOf = "nothing" });
        result.Outcome.ShouldBe(SubmissionOutcome.Invalid);
        result.Errors.ShouldHaveSingleItem().Field.ShouldBe("revisionOf");
        await SubmitAsync("elsewhere", null);
        (await _made.Pipeline.SubmitAsync(new("p", "x") { WorkspaceId = "other", RevisionOf = "elsewhere" })).Outcome.ShouldBe(SubmissionOutcome.Invalid);
    }

    private async Task SubmitAsync(string id, string? revisionOf) =>
        (await _made.Pipeline.SubmitAsync(new("p", "x") { Id = id, RevisionOf = revisionOf })).Outcome
            .ShouldBeOneOf(SubmissionOutcome.Accepted, SubmissionOutcome.Repeated);

    private async Task<IReadOnlyList<string>> ChainAsync(string id) =>
        await new LogRevisions(_made.Store).ChainAsync(await _made.FindAsync(id));
}
