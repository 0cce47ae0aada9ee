using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>What every store promises. Each store's tests are this class with that store behind it.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected ITraciraStore Store { get; private set; } = null!;

    /// <summary>Opens the store; what was in it when it was closed is in it still.</summary>
    protected abstract ITraciraStore Open();

    /// <summary>Whether what is in the store outlives it.</summary>
    protected abstract bool Persists { get; }

    /// <summary>Whether leases end with the store that gave them, as nobody else can have it open.</summary>
    protected virtual bool ForgetsLeases => Persists;

    public Task InitializeAsync()
    {
        Store = Open();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Closes the store and opens it again, where that keeps what is in it.</summary>
    protected async Task ReopenAsync()
    {
        if (!Persists)
            return;
        await Store.DisposeAsync();
        Store = Open();
    }

    [Fact]
    public async Task Workspaces_come_back_oldest_first_and_the_last_save_wins()
    {
        var younger = new Workspace("a", "Younger", "wh-1", SampleLogs.Noon.AddDays(1));
        var older = new Workspace("b", "Older", "wh-2", SampleLogs.Noon) { TokenScope = TokenScope.Ingest };
        await Store.Workspaces.SaveAsync(younger);
        await Store.Workspaces.SaveAsync(older with { WebhookToken = "wh-before", TokenScope = TokenScope.Full });
        await Store.Workspaces.SaveAsync(older);
        await ReopenAsync();
        (await Store.Workspaces.ListAsync()).ShouldBe([older, younger]);
    }

    [Fact]
    public async Task Projects_and_tasks_are_made_on_first_use_and_found_without_regard_to_case()
    {
        Placement first = await Store.Projects.ResolveAsync("w", "Mail", "Draft");
        Placement again = await Store.Projects.ResolveAsync("w", "MAIL", "draft");
        again.Project.ShouldBe(first.Project);
        again.TaskName.ShouldBe("Draft");
        await ReopenAsync();
        (await Store.Projects.ResolveAsync("w", "mail", "DRAFT")).TaskName.ShouldBe("Draft");
        (await Store.Projects.ResolveAsync("w", "mail", null)).TaskName.ShouldBeNull();
        (await Store.Projects.ResolveAsync("other", "Mail", null)).Project.Id.ShouldNotBe(first.Project.Id);
        await Store.Projects.ResolveAsync("w", "Alpha", null);
        (await Store.Projects.ListAsync("w")).Select(static project => project.Name).ShouldBe(["Alpha", "Mail"]);
        (await Store.Projects.ListAsync("nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_that_many_ask_for_at_once_is_made_once()
    {
        Placement[] placements = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(async () => await Store.Projects.ResolveAsync("w", i % 2 == 0 ? "same" : "SAME", "t"))));
        placements.Select(static placement => placement.Project.Id).Distinct().Count().ShouldBe(1);
        placements.Select(static placement => placement.TaskName).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Rules_keep_their_order_and_every_field()
    {
        var first = new Rule("First", RuleType.JsonField, "a == 1")
        {
            Id = "r1",
            Revision = 1,
            Description = "d",
            IsActive = false,
            ProjectId = "p",
            ProjectName = "P",
            TaskName = "t",
            JudgeProvider = "openai",
            JudgeModel = "m",
            CreatedAt = SampleLogs.Noon,
        };
        var second = new Rule("Second", RuleType.LengthLimit, "5") { Id = "a-rule", Revision = 1, CreatedAt = SampleLogs.Noon };
        (await Store.Rules.SaveAsync("w", first)).ShouldBeTrue();
        (await Store.Rules.SaveAsync("w", second)).ShouldBeTrue();
        Rule changed = first with { Revision = 2, Value = "a == 2" };
        (await Store.Rules.SaveAsync("w", changed)).ShouldBeTrue();
        await ReopenAsync();
        (await Store.Rules.ListAsync("w")).ShouldBe([changed, second]);
        (await Store.Rules.ListAsync("other")).ShouldBeEmpty();
        (await Store.Rules.DeleteAsync("other", "r1")).ShouldBeFalse();
        (await Store.Rules.DeleteAsync("w", "r1")).ShouldBeTrue();
        (await Store.Rules.DeleteAsync("w", "r1")).ShouldBeFalse();
        await ReopenAsync();
        (await Store.Rules.ListAsync("w")).ShouldBe([second]);
    }

    [Fact]
    public async Task Of_two_changes_of_one_revision_only_the_first_is_saved()
    {
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "r", Revision = 1 };
        (await Store.Rules.SaveAsync("w", rule with { Revision = 2 })).ShouldBeFalse();
        (await Store.Rules.SaveAsync("w", rule)).ShouldBeTrue();
        (await Store.Rules.SaveAsync("w", rule)).ShouldBeFalse();
        bool[] saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await Store.Rules.SaveAsync("w", rule with { Revision = 2, Value = $"{i}" }))));
        saved.Count(static one => one).ShouldBe(1);
    }

    [Fact]
    public async Task After_closing_every_call_is_turned_away()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "late");
        await Store.DisposeAsync();
        await Store.DisposeAsync();
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.Logs.AppendAsync(log, []));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.Logs.ListAsync(new LogQuery("w")));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.Projects.ResolveAsync("w", "p", null));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await Store.Rules.ListAsync("w"));
    }
}
