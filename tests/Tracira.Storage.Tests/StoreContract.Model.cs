using CsCheck;
using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private static readonly string?[] Texts = [null, "alpha", "ALPHA", "beta", "Straße", "gpt-4o", "a b", "x"];
    private static readonly string[] TagPool = ["vip", "VIP", "eu", "mail"];
    private static readonly Rule[] RulePool = [.. Enumerable.Range(0, 4).Select(static i => new Rule($"Rule {i}", RuleType.LengthLimit, "5") { Id = $"rule-{i}", Revision = 1 })];

    /// <summary>Does the same things to this store and to the model, in any order, and asks both the same questions.</summary>
    [Fact]
    public void Whatever_is_done_every_query_answers_as_the_model_does()
    {
        Gen<Step> step = Gen.Select(Gen.Int[0, 14], Gen.Int[0, 40], Gen.Int[0, int.MaxValue]).Select(static (kind, id, seed) => new Step(kind, id, seed));
        step.Array[1, 60].Sample(steps => CompareAsync(steps).GetAwaiter().GetResult(), iter: Iterations, threads: 1);
    }

    /// <summary>How many sequences are tried.</summary>
    protected abstract int Iterations { get; }

    private async Task CompareAsync(Step[] steps)
    {
        var model = new InMemoryStore();
        string workspace = "w" + Guid.NewGuid();
        foreach (Step step in steps)
        {
            if (step.Kind == 9)
            {
                await ReopenAsync();
                continue;
            }

            (await ApplyAsync(Store, workspace, step)).ShouldBe(await ApplyAsync(model, workspace, step));
        }

        for (int i = 0; i < 12; i++)
        {
            LogQuery query = RandomQuery(workspace, new Random(steps.Length + (i * 7919) + steps[0].Seed));
            Describe(await Store.Logs.ListAsync(query)).ShouldBe(Describe(await model.Logs.ListAsync(query)), query.ToString());
        }

        (await CountersAsync(Store, workspace)).ShouldBe(await CountersAsync(model, workspace));
        (await TasksAsync(Store, workspace)).ShouldBe(await TasksAsync(model, workspace));
    }

    private static async Task<bool> ApplyAsync(ITraciraStore store, string workspace, Step step)
    {
        var random = new Random(step.Seed);
        string id = step.Id % 3 == 0 ? new Guid(step.Id, 0, 0, new byte[8]).ToString() : $"id-{step.Id}";
        switch (step.Kind)
        {
            case < 6:
                return await store.Logs.AppendAsync(await RandomLogAsync(store, workspace, id, random), []) is null;
            case < 8:
                return await store.Logs.DeleteAsync(workspace, id);
            case 8:
                return await store.Logs.FindAsync(workspace, id) is { } log
                    && await store.Logs.CompleteAsync(log with { Status = (LogStatus)random.Next(1, 4), Explanation = "done", AppliedRules = RandomRules(random) }, []);
            case 10:
                return (await store.Logs.ChangeAsync(workspace, [id], log => random.Next(4) == 0
                    ? new LogWrite(log with { Status = LogStatus.Flagged, Decision = null, AppliedRules = RandomRules(random) }, [])
                    : new LogWrite(log with { Decision = Approval with { Kind = (DecisionKind)random.Next(4) } }, [])))[0].Changed;
            case 11:
                return await store.Projects.MergeAsync(workspace, await ProjectAsync(store, workspace, random), await ProjectAsync(store, workspace, random));
            case 12:
                string project = await ProjectAsync(store, workspace, random);
                return random.Next(2) == 0
                    ? await store.Projects.DeleteAsync(workspace, project)
                    : await store.Projects.DeleteTaskAsync(workspace, project, Pick(random) ?? "none");
            case 13:
                string renamed = await ProjectAsync(store, workspace, random);
                var named = new Project(renamed, Pick(random) ?? "delta", SampleLogs.Noon);
                return (await store.Projects.ListAsync(workspace)).Any(known => known.Id == renamed)
                    && await store.Projects.SaveAsync(workspace, named) == SaveOutcome.Saved;
            default:
                return (await store.Logs.DeleteOlderAsync(workspace, null, SampleLogs.Noon.AddHours(random.Next(-60, 0)), 3)).Count > 0;
        }
    }

    // The id of some project, as ids differ from store to store.
    private static async Task<string> ProjectAsync(ITraciraStore store, string workspace, Random random)
    {
        string name = Pick(random) ?? "gamma";
        IReadOnlyList<Project> projects = await store.Projects.ListAsync(workspace);
        return projects.FirstOrDefault(project => string.Equals(project.Name, name, StringComparison.OrdinalIgnoreCase))?.Id ?? "nobody";
    }

    private static async Task<Log> RandomLogAsync(ITraciraStore store, string workspace, string id, Random random)
    {
        Placement placement = await store.Projects.ResolveAsync(workspace, Pick(random) ?? "gamma", Pick(random));
        var status = (LogStatus)random.Next(0, 4);
        return new Log
        {
            Id = id,
            WorkspaceId = workspace,
            ProjectId = placement.Project.Id,
            ProjectName = placement.Project.Name,
            TaskName = placement.TaskName,
            Timestamp = SampleLogs.Noon.AddHours(random.Next(-60, 60)).AddMilliseconds(random.Next(0, 2)),
            CreatedAt = SampleLogs.Noon,
            Status = status,
            Output = "x",
            Model = Pick(random),
            LatencyMs = random.Next(3) == 0 ? null : random.Next(-2, 4) / 2.0,
            CostUsd = random.Next(3) == 0 ? null : random.Next(0, 4) / 1000.0,
            SessionId = Pick(random),
            SubjectId = Pick(random),
            ActorId = Pick(random),
            Tags = [.. TagPool.Where(_ => random.Next(3) == 0)],
            Decision = status is LogStatus.Pending || random.Next(3) > 0 ? null : new Decision((DecisionKind)random.Next(4), SampleLogs.Noon, "Ada", "api"),
            AppliedRules = RandomRules(random),
        };
    }

    private static AppliedRule[] RandomRules(Random random) =>
        [.. RulePool.Where(_ => random.Next(2) == 0).Select(rule => new AppliedRule(rule, (RuleOutcomeKind)random.Next(3)))];

    private static LogQuery RandomQuery(string workspace, Random random) => new(workspace)
    {
        AwaitingReview = random.Next(5) == 0,
        Status = random.Next(4) == 0 ? (LogStatus)random.Next(4) : null,
        Project = random.Next(5) == 0 ? Pick(random) : null,
        Task = random.Next(5) == 0 ? Pick(random) : null,
        SessionId = random.Next(6) == 0 ? Pick(random) : null,
        SubjectId = random.Next(6) == 0 ? Pick(random) : null,
        ActorId = random.Next(6) == 0 ? Pick(random) : null,
        Text = random.Next(3) == 0 ? new[] { "A", "ph", "sse", "-4", " ", "zz" }[random.Next(6)] : null,
        Tags = [.. TagPool.Where(_ => random.Next(8) == 0)],
        From = random.Next(4) == 0 ? SampleLogs.Noon.AddHours(random.Next(-60, 60)).AddTicks(random.Next(2)) : null,
        To = random.Next(4) == 0 ? SampleLogs.Noon.AddHours(random.Next(-60, 60)) : null,
        Sort = (LogSort)random.Next(6),
        Descending = random.Next(2) == 0,
        Offset = random.Next(3) == 0 ? random.Next(30) : 0,
        Limit = random.Next(1, 20),
    };

    private static string? Pick(Random random) => Texts[random.Next(Texts.Length)];

    private static string Describe(LogPage page) =>
        $"{page.Total} {page.FailuresDetected} {page.PendingReviews} {page.Passed}: "
        + string.Join(' ', page.Logs.Select(static item => $"{item.Log.Id}/{item.Log.ProjectName}/{item.SessionTurnCount}"));

    private static string Describe(ModelTally tally) =>
        $"{tally.Logs} {tally.Timed} {tally.LatencyMs:0.###} {tally.Percentile(0.95):0.###} {tally.Priced} {tally.CostUsd:0.#########}";

    // A day in the middle of those that logs have.
    private static DateOnly Someday => DateOnly.FromDateTime(SampleLogs.Noon.UtcDateTime);

    // Ids of projects differ from store to store, so projects are counted by name.
    private static async Task<string[]> CountersAsync(ITraciraStore store, string workspace)
    {
        IReadOnlyList<Project> projects = await store.Projects.ListAsync(workspace);
        return [.. (await store.Logs.CountAsync(workspace))
            .Select(counter => $"{NameOf(counter.ProjectId)} {counter.TaskName} {counter.Status} {counter.Decision} {counter.Day} {counter.Count}")
            .Concat((await store.Logs.CountRulesAsync(workspace, Someday, DateOnly.MaxValue))
                .Select(counter => $"{NameOf(counter.ProjectId)} {counter.RuleId} {counter.RuleName} {counter.Decision} {counter.Day} {counter.Count}"))
            .Concat((await store.Logs.CountModelsAsync(workspace, DateOnly.MinValue, Someday)).Select(counter =>
                $"{NameOf(counter.ProjectId)} {counter.Model?.ToUpperInvariant()} {counter.IsOthers} {counter.Day} {Describe(counter.Tally)}"))
            .Order(StringComparer.Ordinal)];

        string NameOf(string projectId) => projects.First(project => project.Id == projectId).Name;
    }

    private static async Task<List<string>> TasksAsync(ITraciraStore store, string workspace)
    {
        List<string> tasks = [];
        foreach (Project project in await store.Projects.ListAsync(workspace))
            tasks.AddRange((await store.Projects.ListTasksAsync(workspace, project.Id)).Select(task => $"{project.Name}/{task.Name}"));
        return tasks;
    }

    private sealed record Step(int Kind, int Id, int Seed);
}
