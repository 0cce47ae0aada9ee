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
}
