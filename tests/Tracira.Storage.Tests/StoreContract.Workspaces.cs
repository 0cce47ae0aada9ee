using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Two_workspaces_never_see_what_is_the_others()
    {
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1 };
        foreach (string workspace in (string[])["one", "two"])
        {
            Log log = await SampleLogs.InAsync(Store, "p", "same", LogStatus.Flagged, workspace) with
            {
                Output = workspace,
                SessionId = "s",
                Tags = ["t"],
                Model = "m",
            };
            (await Store.Logs.AppendAsync(log, [])).ShouldBeNull();
            (await Store.Rules.SaveAsync(workspace, rule with { Name = workspace })).ShouldBeTrue();
        }

        await ReopenAsync();
        foreach (string workspace in (string[])["one", "two"])
        {
            (await Store.Logs.FindAsync(workspace, "same"))!.Output.ShouldBe(workspace);
            LogPage page = await Store.Logs.ListAsync(new LogQuery(workspace) { SessionId = "s", Tags = ["t"], Text = "m", Project = "p" });
            (page.Total, page.FailuresDetected, page.PendingReviews).ShouldBe((1, 1, 1));
            (page.Logs[0].Log.Output, page.Logs[0].SessionTurnCount).ShouldBe((workspace, 1));
            (await Store.Rules.ListAsync(workspace)).ShouldBe([rule with { Name = workspace }]);
            (await Store.Logs.CountAsync(workspace)).Sum(static counter => counter.Count).ShouldBe(1);
        }

        (await Store.Logs.DeleteAsync("one", "same")).ShouldBeTrue();
        (await Store.Logs.FindAsync("two", "same")).ShouldNotBeNull();
    }

    [Fact]
    public async Task However_many_workspaces_there_are_each_counts_its_own_turns_and_tasks()
    {
        const int Count = 130;
        for (int i = 0; i < Count; i++)
        {
            Log log = await SampleLogs.InAsync(Store, "p", "log", workspace: $"w{i}", task: i % 2 == 0 ? "Task" : "TASK") with { SessionId = "s" };
            await Store.Logs.AppendAsync(log, []);
        }

        await ReopenAsync();
        for (int i = 0; i < Count; i++)
        {
            (await Store.Logs.ListAsync(new LogQuery($"w{i}"))).Logs[0].SessionTurnCount.ShouldBe(1, $"in workspace {i}");
            (await Store.Logs.CountAsync($"w{i}"))[0].TaskName.ShouldBe(i % 2 == 0 ? "Task" : "TASK", $"in workspace {i}");
        }
    }

    [Fact]
    public async Task A_workspace_that_nobody_has_used_is_empty_and_harms_nothing()
    {
        Log log = await SampleLogs.AddAsync(Store, "p", "log", LogStatus.Pending);
        (await Store.Logs.FindAsync("nobody", "log")).ShouldBeNull();
        (await Store.Logs.DeleteAsync("nobody", "log")).ShouldBeFalse();
        (await Store.Logs.CompleteAsync(log with { WorkspaceId = "nobody", Status = LogStatus.Pass }, [])).ShouldBeFalse();
        (await Store.Logs.ListAsync(new LogQuery("nobody"))).Total.ShouldBe(0);
        (await Store.Logs.CountAsync("nobody")).ShouldBeEmpty();
        (await Store.Rules.ListAsync("nobody")).ShouldBeEmpty();
        (await Store.Rules.DeleteAsync("nobody", "r")).ShouldBeFalse();
        (await Store.Logs.CompleteAsync(log with { Status = LogStatus.Pass }, [])).ShouldBeTrue();
    }
}
