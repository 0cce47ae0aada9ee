using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_project_that_is_deleted_takes_everything_in_it_along_and_its_name_is_free()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "gone", LogStatus.Flagged, task: "Draft") with { SessionId = "s" };
        await Store.Logs.AppendAsync(log, [SampleLogs.Message(log, "m")]);
        Log stays = await SampleLogs.InAsync(Store, "Post", "stays") with { SessionId = "s" };
        OutboxMessage message = SampleLogs.Message(stays, "m2");
        await Store.Logs.AppendAsync(stays, [message]);
        await Store.Rules.SaveAsync("w", new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1, ProjectId = log.ProjectId });
        (await Store.Projects.DeleteAsync("other", log.ProjectId)).ShouldBeFalse();

        (await Store.Projects.DeleteAsync("w", log.ProjectId)).ShouldBeTrue();
        (await Store.Projects.DeleteAsync("w", log.ProjectId)).ShouldBeFalse();
        for (int round = 0; round < 2; round++)
        {
            (await Store.Logs.FindAsync("w", "gone")).ShouldBeNull();
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w"));
            page.Logs.Select(static item => (item.Log.Id, item.SessionTurnCount)).ShouldBe([("stays", 1)]);
            (page.Total, page.FailuresDetected).ShouldBe((1, 0));
            (await Store.Logs.CountAsync("w")).Single().ProjectId.ShouldBe(stays.ProjectId);
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBe([message]);
            (await Store.Rules.ListAsync("w")).ShouldBeEmpty();
            (await Store.Projects.ListAsync("w")).Select(static project => project.Name).ShouldBe(["Post"]);
            (await Store.Projects.ListTasksAsync("w", log.ProjectId)).ShouldBeEmpty();
            (await Store.Logs.DeleteAsync("w", "gone")).ShouldBeFalse();
            (await Store.Logs.CompleteAsync(log with { Status = LogStatus.Pass }, [])).ShouldBeFalse();
            await ReopenAsync();
        }

        Log again = await SampleLogs.InAsync(Store, "Mail", "gone");
        again.ProjectId.ShouldNotBe(log.ProjectId);
        (await Store.Logs.AppendAsync(again, [])).ShouldBeNull("the id is free");
        await ReopenAsync();
        (await IdsAsync(new LogQuery("w") { Project = "Mail" })).ShouldBe(["gone"]);
        (await Store.Logs.ListAsync(new LogQuery("w") { Task = "Draft" })).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_log_whose_project_was_deleted_after_it_was_placed_is_turned_away_with_all_of_its_batch()
    {
        Log gone = await SampleLogs.InAsync(Store, "gone", "a");
        Log there = await SampleLogs.InAsync(Store, "there", "b");
        await Store.Projects.DeleteAsync("w", gone.ProjectId);
        await Should.ThrowAsync<ProjectGoneException>(async () => await Store.Logs.AppendAsync(gone, []));
        await Should.ThrowAsync<ProjectGoneException>(async () => await Store.Logs.AppendManyAsync([new(there, []), new(gone, [])]));
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Logs_that_come_while_their_project_is_deleted_are_gone_with_it_or_turned_away()
    {
        for (int round = 0; round < 20; round++)
        {
            Log log = await SampleLogs.InAsync(Store, "p", "?");
            Task<bool>[] appending = [.. Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            {
                try
                {
                    return await Store.Logs.AppendAsync(log with { Id = $"{i}" }, []) is null;
                }
                catch (ProjectGoneException)
                {
                    return true;
                }
            }))];
            (await Store.Projects.DeleteAsync("w", log.ProjectId)).ShouldBeTrue();
            (await Task.WhenAll(appending)).ShouldAllBe(static done => done);
            (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
            (await Store.Logs.CountAsync("w")).ShouldBeEmpty();
        }

        await ReopenAsync();
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_task_that_is_deleted_takes_its_logs_and_rules_along_and_no_others()
    {
        Log draft = await SampleLogs.InAsync(Store, "Mail", "draft", task: "Draft");
        Log send = await SampleLogs.InAsync(Store, "Mail", "send", task: "Send");
        Log elsewhere = await SampleLogs.InAsync(Store, "Post", "elsewhere", task: "Draft");
        await Store.Logs.AppendManyAsync([new(draft, [SampleLogs.Message(draft, "m")]), new(send, []), new(elsewhere, [])]);
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1, ProjectId = draft.ProjectId, ProjectName = "Mail", TaskName = "DRAFT" };
        await Store.Rules.SaveAsync("w", rule);
        await Store.Rules.SaveAsync("w", rule with { Id = "of all projects", ProjectId = null, ProjectName = null });

        (await Store.Projects.DeleteTaskAsync("w", draft.ProjectId, "nobody")).ShouldBeFalse();
        (await Store.Projects.DeleteTaskAsync("other", draft.ProjectId, "draft")).ShouldBeFalse();
        (await Store.Projects.DeleteTaskAsync("w", draft.ProjectId, "dRAFT")).ShouldBeTrue();
        (await Store.Projects.DeleteTaskAsync("w", draft.ProjectId, "draft")).ShouldBeFalse();
        for (int round = 0; round < 2; round++)
        {
            (await IdsAsync(new LogQuery("w") { Descending = false })).ShouldBe(["elsewhere", "send"]);
            (await Store.Projects.ListTasksAsync("w", draft.ProjectId)).Select(static task => task.Name).ShouldBe(["Send"]);
            (await Store.Rules.ListAsync("w")).Select(static rule => rule.Id).ShouldBe(["of all projects"]);
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBeEmpty();
            await ReopenAsync();
        }

        (await Store.Projects.ResolveAsync("w", "Mail", "DRAFT")).TaskName.ShouldBe("DRAFT");
        await Store.Logs.AppendAsync(draft with { TaskName = "DRAFT" }, []);
        await ReopenAsync();
        (await IdsAsync(new LogQuery("w") { Project = "Mail", Task = "draft" })).ShouldBe(["draft"]);
    }

    [Fact]
    public async Task A_task_that_only_logs_name_can_be_deleted_too()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "log", task: "Draft");
        await Store.Projects.DeleteTaskAsync("w", log.ProjectId, "Draft");
        (await Store.Logs.AppendAsync(log, [])).ShouldBeNull();
        (await Store.Projects.DeleteTaskAsync("w", log.ProjectId, "draft")).ShouldBeTrue();
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_merge_after_a_task_was_deleted_brings_the_other_projects_logs_and_loses_none()
    {
        Log one = await SampleLogs.InAsync(Store, "one", "1", task: "T");
        Log two = await SampleLogs.InAsync(Store, "two", "2", task: "T");
        await Store.Logs.AppendManyAsync([new(one, []), new(two, [])]);
        (await Store.Projects.DeleteTaskAsync("w", two.ProjectId, "T")).ShouldBeTrue();
        (await Store.Projects.MergeAsync("w", one.ProjectId, two.ProjectId)).ShouldBeTrue();
        await Store.Logs.ChangeAsync("w", ["1"], static log => new LogWrite(log with { RevisionOf = "x" }, []));
        for (int round = 0; round < 3; round++)
        {
            (await IdsAsync(new LogQuery("w") { Project = "two", Task = "t" })).ShouldBe(["1"]);
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task A_workspace_that_is_deleted_takes_everything_in_it_along_and_its_id_is_free()
    {
        var workspace = new Workspace("w", "W", "wh-1", SampleLogs.Noon);
        await Store.Workspaces.SaveAsync(workspace);
        await Store.Workspaces.SaveAsync(workspace with { Id = "other", WebhookToken = "wh-2" });
        foreach (string id in (string[])["w", "other"])
        {
            Log log = await SampleLogs.InAsync(Store, "p", "log", workspace: id, task: "t") with { SessionId = "s" };
            await Store.Logs.AppendAsync(log, [SampleLogs.Message(log, id)]);
            await Store.Rules.SaveAsync(id, new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1 });
            await Store.Records.WriteAsync([new RecordWrite("kind", id, "record", "{}")]);
        }

        Log placed = await SampleLogs.InAsync(Store, "p", "late");
        (await Store.Workspaces.DeleteAsync("w")).ShouldBeTrue();
        (await Store.Workspaces.DeleteAsync("w")).ShouldBeFalse();
        await Should.ThrowAsync<ProjectGoneException>(async () => await Store.Logs.AppendAsync(placed, []));
        for (int round = 0; round < 2; round++)
        {
            (await Store.Workspaces.ListAsync()).Select(static one => one.Id).ShouldBe(["other"]);
            (await Store.Logs.FindAsync("w", "log")).ShouldBeNull();
            (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
            (await Store.Logs.CountAsync("w")).ShouldBeEmpty();
            (await Store.Projects.ListAsync("w")).ShouldBeEmpty();
            (await Store.Rules.ListAsync("w")).ShouldBeEmpty();
            (await Store.Records.ListAsync("kind", "w")).ShouldBeEmpty();
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).Select(static message => message.Id).ShouldBe(["other"]);
            (await Store.Logs.ListAsync(new LogQuery("other") { SessionId = "s" })).Logs[0].SessionTurnCount.ShouldBe(1);
            (await Store.Rules.ListAsync("other")).Count.ShouldBe(1);
            (await Store.Records.ListAsync("kind", "other")).Count.ShouldBe(1);
            await ReopenAsync();
        }

        await Store.Workspaces.SaveAsync(workspace);
        await SampleLogs.AddAsync(Store, "p", "log");
        await ReopenAsync();
        (await IdsAsync(new LogQuery("w"))).ShouldBe(["log"]);
        (await Store.Projects.ListTasksAsync("w", (await Store.Projects.ListAsync("w"))[0].Id)).ShouldBeEmpty();
    }
}
