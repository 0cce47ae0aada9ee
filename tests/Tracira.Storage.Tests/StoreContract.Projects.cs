using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_project_can_be_asked_for_by_many_in_the_very_moment_it_is_made()
    {
        for (int i = 0; i < 100; i++)
        {
            string name = $"project {i}";
            Placement[] placements = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Store.Projects.ResolveAsync("w", name, null))));
            placements.Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_known_project_and_task_are_found_at_once_and_without_allocating()
    {
        const int Times = 1_000;
        await Store.Projects.ResolveAsync("w", "Mail", "Draft");
        Resolve(); // compiles
        long before = GC.GetAllocatedBytesForCurrentThread();
        Resolve();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Times); // not one byte a call

        void Resolve()
        {
            for (int i = 0; i < Times; i++)
            {
                ValueTask<Placement> resolved = Store.Projects.ResolveAsync("w", "MAIL", "draft");
                if (!resolved.IsCompletedSuccessfully || resolved.Result.TaskName != "Draft")
                    throw new InvalidOperationException("A known project was waited for.");
            }
        }
    }

    [Fact]
    public async Task Tasks_of_one_name_in_two_projects_are_two()
    {
        (await Store.Projects.ResolveAsync("w", "One", "Draft")).TaskName.ShouldBe("Draft");
        (await Store.Projects.ResolveAsync("w", "Two", "DRAFT")).TaskName.ShouldBe("DRAFT");
        await ReopenAsync();
        (await Store.Projects.ResolveAsync("w", "one", "draft")).TaskName.ShouldBe("Draft");
        (await Store.Projects.ResolveAsync("w", "two", "draft")).TaskName.ShouldBe("DRAFT");
    }

    [Fact]
    public async Task Projects_are_listed_by_name_whatever_their_case()
    {
        foreach (string name in (string[])["b", "C", "a", "Ä", "10", "9"])
            await Store.Projects.ResolveAsync("w", name, null);
        await ReopenAsync();
        (await Store.Projects.ListAsync("w")).Select(static project => project.Name).ShouldBe(["10", "9", "a", "b", "C", "Ä"]);
    }

    [Fact]
    public async Task A_project_that_is_renamed_keeps_its_tasks_and_its_logs_and_rules_bear_the_new_name()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "log", task: "Draft");
        await Store.Logs.AppendAsync(log, []);
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1, ProjectId = log.ProjectId, ProjectName = "Mail" };
        await Store.Rules.SaveAsync("w", rule);
        Project project = (await Store.Projects.ListAsync("w"))[0] with { Name = "Post", Icon = "📮" };
        (await Store.Projects.SaveAsync("w", project)).ShouldBe(SaveOutcome.Saved);
        for (int round = 0; round < 2; round++)
        {
            (await Store.Projects.ListAsync("w")).ShouldBe([project]);
            (await Store.Projects.ResolveAsync("w", "post", "DRAFT")).ShouldBe(new Placement(project, "Draft"));
            (await Store.Logs.FindAsync("w", "log"))!.ProjectName.ShouldBe("Post");
            (await IdsAsync(new LogQuery("w") { Project = "post" })).ShouldBe(["log"]);
            (await IdsAsync(new LogQuery("w") { Project = "Mail" })).ShouldBeEmpty();
            (await IdsAsync(new LogQuery("w") { Text = "pos" })).ShouldBe(["log"]);
            (await Store.Rules.ListAsync("w")).ShouldBe([rule with { ProjectName = "Post" }]);
            await ReopenAsync();
        }

        (await Store.Rules.SaveAsync("w", rule with { Revision = 2 })).ShouldBeTrue();
        (await Store.Projects.ResolveAsync("w", "Mail", null)).Project.Id.ShouldNotBe(project.Id, "the old name is free");
    }

    [Fact]
    public async Task A_name_that_another_project_has_is_taken_and_its_own_may_change_in_case()
    {
        Project mail = (await Store.Projects.ResolveAsync("w", "Mail", null)).Project;
        await Store.Projects.ResolveAsync("w", "Post", null);
        await Store.Projects.ResolveAsync("other", "Elsewhere", null);
        (await Store.Projects.SaveAsync("w", mail with { Name = "POST" })).ShouldBe(SaveOutcome.NameTaken);
        (await Store.Projects.SaveAsync("w", new Project("new", "post", SampleLogs.Noon))).ShouldBe(SaveOutcome.NameTaken);
        (await Store.Projects.SaveAsync("w", new Project("new", "elsewhere", SampleLogs.Noon) { Icon = "i" })).ShouldBe(SaveOutcome.Saved);
        (await Store.Projects.SaveAsync("w", mail with { Name = "MAIL" })).ShouldBe(SaveOutcome.Saved);
        await ReopenAsync();
        (await Store.Projects.ListAsync("w")).Select(static project => (project.Name, project.Icon)).ShouldBe([("elsewhere", "i"), ("MAIL", null), ("Post", null)]);
    }

    [Fact]
    public async Task Of_many_that_want_one_name_one_project_gets_it()
    {
        Project[] projects = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(async i => (await Store.Projects.ResolveAsync("w", $"{i}", null)).Project));
        SaveOutcome[] outcomes = await Task.WhenAll(
            projects.Select(project => Task.Run(async () => await Store.Projects.SaveAsync("w", project with { Name = "Wanted" }))));
        outcomes.Count(static outcome => outcome == SaveOutcome.Saved).ShouldBe(1);
        await ReopenAsync();
        (await Store.Projects.ListAsync("w")).Count(static project => project.Name == "Wanted").ShouldBe(1);
    }

    [Fact]
    public async Task Tasks_are_added_once_by_name_and_listed_by_name()
    {
        string project = (await Store.Projects.ResolveAsync("w", "Mail", "Draft")).Project.Id;
        var send = new ProjectTask("t", project, "Answer", SampleLogs.Noon);
        (await Store.Projects.AddTaskAsync("w", send)).ShouldBe(SaveOutcome.Saved);
        (await Store.Projects.AddTaskAsync("w", send with { Id = "t2", Name = "ANSWER" })).ShouldBe(SaveOutcome.NameTaken);
        (await Store.Projects.AddTaskAsync("w", send with { Id = "t3", Name = "draft" })).ShouldBe(SaveOutcome.NameTaken);
        (await Store.Projects.AddTaskAsync("w", send with { ProjectId = "nobody" })).ShouldBe(SaveOutcome.NotFound);
        (await Store.Projects.AddTaskAsync("other", send)).ShouldBe(SaveOutcome.NotFound);
        await ReopenAsync();
        IReadOnlyList<ProjectTask> tasks = await Store.Projects.ListTasksAsync("w", project);
        tasks.Select(static task => task.Name).ShouldBe(["Answer", "Draft"]);
        tasks[0].ShouldBe(send);
        (await Store.Projects.ListTasksAsync("other", project)).ShouldBeEmpty();
        (await Store.Projects.ListTasksAsync("w", "nobody")).ShouldBeEmpty();
        (await Store.Projects.ResolveAsync("w", "mail", "answer")).TaskName.ShouldBe("Answer");
    }
}
