using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_project_that_is_merged_takes_its_logs_tasks_and_rules_along()
    {
        Log mail = await SampleLogs.InAsync(Store, "Mail", "a", LogStatus.Flagged, task: "Draft") with { SessionId = "s" };
        Log post = await SampleLogs.InAsync(Store, "Post", "b", task: "DRAFT") with { SessionId = "s" };
        await SampleLogs.InAsync(Store, "Mail", "?", task: "Send");
        await Store.Logs.AppendAsync(mail, []);
        await Store.Logs.AppendAsync(post, []);
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1, ProjectId = mail.ProjectId, ProjectName = "Mail", TaskName = "Draft" };
        await Store.Rules.SaveAsync("w", rule);
        await Store.Rules.SaveAsync("w", rule with { Id = "other", ProjectId = null, ProjectName = null });

        (await Store.Projects.MergeAsync("w", mail.ProjectId, post.ProjectId)).ShouldBeTrue();
        for (int round = 0; round < 2; round++)
        {
            (await Store.Projects.ListAsync("w")).Select(static project => project.Name).ShouldBe(["Post"]);
            (await Store.Projects.ListTasksAsync("w", post.ProjectId)).Select(static task => (task.Name, task.ProjectId))
                .ShouldBe([("DRAFT", post.ProjectId), ("Send", post.ProjectId)]);
            (await Store.Projects.ListTasksAsync("w", mail.ProjectId)).ShouldBeEmpty();
            Log moved = (await Store.Logs.FindAsync("w", "a"))!;
            (moved.ProjectId, moved.ProjectName, moved.TaskName).ShouldBe((post.ProjectId, "Post", "DRAFT"));
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w") { Project = "post", Task = "draft", Descending = false });
            page.Logs.Select(static item => (item.Log.Id, item.SessionTurnCount)).ShouldBe([("a", 2), ("b", 2)]);
            (page.Total, page.FailuresDetected, page.Passed).ShouldBe((2, 1, 1));
            (await IdsAsync(new LogQuery("w") { Project = "Mail" })).ShouldBeEmpty();
            (await IdsAsync(new LogQuery("w") { Text = "Mail" })).ShouldBeEmpty();
            (await Store.Logs.CountAsync("w")).OrderBy(static counter => counter.Status).ShouldBe(
            [
                new LogCounter(post.ProjectId, "DRAFT", LogStatus.Pass, new DateOnly(2026, 3, 1), 1),
                new LogCounter(post.ProjectId, "DRAFT", LogStatus.Flagged, new DateOnly(2026, 3, 1), 1),
            ]);
            IReadOnlyList<Rule> rules = await Store.Rules.ListAsync("w");
            rules[0].ShouldBe(rule with { Revision = 2, ProjectId = post.ProjectId, ProjectName = "Post" });
            rules[1].Revision.ShouldBe(1);
            await ReopenAsync();
        }

        (await Store.Projects.ResolveAsync("w", "Mail", null)).Project.Id.ShouldNotBe(mail.ProjectId, "the name is free");
        (await Store.Logs.ListAsync(new LogQuery("w") { Project = "Mail" })).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_log_that_was_placed_before_its_project_was_merged_goes_where_the_others_went()
    {
        Log log = await SampleLogs.InAsync(Store, "one", "late", LogStatus.Pending, task: "T");
        string two = (await Store.Projects.ResolveAsync("w", "two", null)).Project.Id;
        string three = (await Store.Projects.ResolveAsync("w", "three", null)).Project.Id;
        (await Store.Projects.MergeAsync("w", log.ProjectId, two)).ShouldBeTrue();
        (await Store.Logs.AppendAsync(log with { Id = "early" }, [])).ShouldBeNull();
        (await Store.Projects.MergeAsync("w", two, three)).ShouldBeTrue();
        (await Store.Logs.AppendAsync(log, [])).ShouldBeNull();
        for (int round = 0; round < 2; round++)
        {
            (await Store.Logs.FindAsync("w", "late"))!.ProjectName.ShouldBe("three");
            (await IdsAsync(new LogQuery("w") { Project = "three", Descending = false })).ShouldBe(["early", "late"]);
            (await Store.Logs.CountAsync("w")).ShouldAllBe(counter => counter.ProjectId == three && counter.TaskName == "T");
            await ReopenAsync();
        }

        (await Store.Logs.CompleteAsync(log with { Status = LogStatus.Pass }, [])).ShouldBeTrue();
        await ReopenAsync();
        (await Store.Logs.CountAsync("w")).OrderBy(static counter => counter.Status).Select(static counter => (counter.ProjectId, counter.Status))
            .ShouldBe([(three, LogStatus.Pending), (three, LogStatus.Pass)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_merge_that_cannot_be_does_nothing()
    {
        string mail = (await Store.Projects.ResolveAsync("w", "Mail", null)).Project.Id;
        string elsewhere = (await Store.Projects.ResolveAsync("other", "Post", null)).Project.Id;
        (await Store.Projects.MergeAsync("w", mail, mail)).ShouldBeFalse();
        (await Store.Projects.MergeAsync("w", mail, "nobody")).ShouldBeFalse();
        (await Store.Projects.MergeAsync("w", "nobody", mail)).ShouldBeFalse();
        (await Store.Projects.MergeAsync("w", mail, elsewhere)).ShouldBeFalse();
        (await Store.Projects.MergeAsync("nobody", mail, elsewhere)).ShouldBeFalse();
        (await Store.Projects.ListAsync("w")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_projects_that_are_merged_into_each_other_at_once_end_as_one()
    {
        for (int i = 0; i < 20; i++)
        {
            Log one = await SampleLogs.AddAsync(Store, "one", $"1-{i}");
            Log two = await SampleLogs.AddAsync(Store, "two", $"2-{i}");
            bool[] merged = await Task.WhenAll(
                Task.Run(async () => await Store.Projects.MergeAsync("w", one.ProjectId, two.ProjectId)),
                Task.Run(async () => await Store.Projects.MergeAsync("w", two.ProjectId, one.ProjectId)));
            merged.Count(static done => done).ShouldBe(1);
            (await Store.Logs.CountAsync("w")).Single().Count.ShouldBe(2 * (i + 1));
            Project left = (await Store.Projects.ListAsync("w")).Single();
            (await Store.Projects.SaveAsync("w", left with { Name = "one" })).ShouldBe(SaveOutcome.Saved);
        }
    }

    [Fact]
    public async Task Logs_that_come_while_projects_are_merged_are_all_in_the_one_that_is_left()
    {
        Log one = await SampleLogs.InAsync(Store, "one", "?");
        Log two = await SampleLogs.InAsync(Store, "two", "?");
        Task appending = Parallel.ForAsync(0, 400, async (i, token) =>
            (await Store.Logs.AppendAsync((i % 2 == 0 ? one : two) with { Id = $"{i}" }, [], token)).ShouldBeNull());
        (await Store.Projects.MergeAsync("w", one.ProjectId, two.ProjectId)).ShouldBeTrue();
        await appending;
        for (int round = 0; round < 2; round++)
        {
            (await Store.Logs.CountAsync("w")).Single().ShouldBe(new LogCounter(two.ProjectId, null, LogStatus.Pass, new DateOnly(2026, 3, 1), 400));
            (await Store.Logs.ListAsync(new LogQuery("w") { Project = "two" })).Total.ShouldBe(400);
            await ReopenAsync();
        }
    }
}
