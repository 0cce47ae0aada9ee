using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>Projects for in-process callers: what belongs to a project follows it.</summary>
public sealed class ProjectDirectoryTests : IAsyncDisposable
{
    private const string Home = Workspace.DefaultId;

    private readonly InMemoryStore _store = new();
    private readonly RuleCatalog _rules;
    private readonly LogPipeline _pipeline;
    private readonly ProjectDirectory _projects;

    public ProjectDirectoryTests()
    {
        _rules = new RuleCatalog(_store);
        _pipeline = new LogPipeline(_store, _rules);
        _projects = new ProjectDirectory(_store, _rules);
    }

    [Fact]
    public async Task A_rule_applies_to_the_first_log_after_a_merge_was_answered()
    {
        Project from = await ForbidRedAsync("From");
        Project into = (await _projects.AddAsync(Home, "Into"))!;
        (await SubmitAsync("Into")).ShouldBe(LogStatus.Pass);
        (await _projects.MergeAsync(Home, from.Id, into.Id)).ShouldBeTrue();
        (await SubmitAsync("Into")).ShouldBe(LogStatus.Flagged);
        (await _rules.ListAsync(Home)).Single().ProjectName.ShouldBe("Into");
        (await _projects.MergeAsync(Home, from.Id, into.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_renamed_project_keeps_its_rules_and_a_deleted_one_takes_them_along()
    {
        Project project = await ForbidRedAsync("Before");
        (await _projects.ChangeAsync(Home, project with { Name = "After" })).ShouldBeTrue();
        (await SubmitAsync("After")).ShouldBe(LogStatus.Flagged);
        (await _rules.ListAsync(Home)).Single().ProjectName.ShouldBe("After");
        (await _projects.DeleteAsync(Home, project.Id)).ShouldBeTrue();
        (await _rules.ListAsync(Home)).ShouldBeEmpty();
        (await SubmitAsync("After")).ShouldBe(LogStatus.Pass);
        (await _projects.DeleteAsync(Home, project.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Files_go_with_the_logs_of_a_deleted_task_or_project_and_those_of_others_stay()
    {
        await KeepLogAsync("1", "P", "a");
        string other = await KeepLogAsync("2", "P", "b");
        string elsewhere = await KeepLogAsync("3", "Q", null);
        Project project = (await _projects.ListAsync(Home)).Single(static project => project.Name == "P");

        (await _projects.DeleteTaskAsync(Home, project.Id, "A")).ShouldBeTrue();
        (await FilesAsync()).ShouldBe([other, elsewhere]);
        (await _projects.DeleteTaskAsync(Home, project.Id, "A")).ShouldBeFalse();
        (await _projects.DeleteAsync(Home, project.Id)).ShouldBeTrue();
        (await FilesAsync()).ShouldBe([elsewhere]);
    }

    [Fact]
    public async Task Logs_are_counted_by_project_and_task_whatever_their_status_and_day()
    {
        await _pipeline.SubmitAsync(new LogSubmission("P", "x") { Task = "t", Timestamp = DateTimeOffset.UnixEpoch });
        await _pipeline.SubmitAsync(new LogSubmission("P", "x") { Task = "T" });
        await _pipeline.SubmitAsync(new LogSubmission("P", "x"));
        Project project = (await _projects.ListAsync(Home)).Single();
        ProjectTask task = (await _projects.ListTasksAsync(Home, project.Id)).Single();
        ProjectCounts counts = await _projects.CountAsync(Home);
        counts.Of(project).ShouldBe(3);
        counts.Of(task).ShouldBe(2);
        counts.Of((await _projects.AddAsync(Home, "Empty"))!).ShouldBe(0);
    }

    [Fact]
    public async Task A_taken_name_is_refused()
    {
        Project project = (await _projects.AddAsync(Home, "P"))!;
        (await _projects.AddAsync(Home, "p")).ShouldBeNull();
        Project other = (await _projects.AddAsync(Home, "Q"))!;
        (await _projects.ChangeAsync(Home, other with { Name = "p" })).ShouldBeFalse();
        (await _projects.AddTaskAsync(Home, project.Id, "t")).Outcome.ShouldBe(SaveOutcome.Saved);
        (await _projects.AddTaskAsync(Home, project.Id, "T")).Outcome.ShouldBe(SaveOutcome.NameTaken);
        (await _projects.AddTaskAsync(Home, "none", "t")).Outcome.ShouldBe(SaveOutcome.NotFound);
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        _rules.Dispose();
        await _store.DisposeAsync();
    }

    private async Task<Project> ForbidRedAsync(string name)
    {
        Project project = (await _projects.AddAsync(Home, name))!;
        await _rules.SaveAsync(Home, new Rule("r", RuleType.KeywordForbidden, "red") { Id = "r", Revision = 1, ProjectId = project.Id, ProjectName = name });
        return project;
    }

    private async Task<LogStatus> SubmitAsync(string project) => (await _pipeline.SubmitAsync(new LogSubmission(project, "red"))).Status;

    // A log with a file, as the server keeps them.
    private async Task<string> KeepLogAsync(string id, string project, string? task)
    {
        Placement placement = await _store.Projects.ResolveAsync(Home, project, task);
        string key = $"{Home}/{id}/0-a.txt";
        await _store.Media.SaveAsync(new MediaFile(Home, key, "a.txt", "text/plain", 0, default), new MemoryStream([1, 2, 3]), 10);
        var log = new Log
        {
            Id = id,
            WorkspaceId = Home,
            ProjectId = placement.Project.Id,
            ProjectName = placement.Project.Name,
            TaskName = placement.TaskName,
            Timestamp = DateTimeOffset.UnixEpoch,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Status = LogStatus.Pass,
            Output = "x",
            Attachments = [new Attachment("a.txt", "text/plain", AttachmentRole.Input) { Key = key }],
        };
        (await _store.Logs.AppendAsync(log, [])).ShouldBeNull();
        return key;
    }

    private async Task<string[]> FilesAsync()
    {
        List<string> keys = [];
        await foreach (MediaFile file in _store.Media.ListAsync(Home, ""))
            keys.Add(file.Key);
        return [.. keys];
    }
}
