using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Ids_that_resemble_each_other_are_different_ids()
    {
        string[] ids =
        [
            "00345678-1234-7234-8234-123456789abc", "00345678-1234-7234-8234-123456789ABC", "0x345678-1234-7234-8234-123456789abc",
            "0034567812347234823412345678 9abc".Replace(" ", ""), "00345678-1234-7234-8234-123456789abc.", "a", "A", "a.", "a:", "a-", new('i', 128),
            new('i', 127),
        ];
        foreach (string id in ids)
            await SampleLogs.AddAsync(Store, "p", id);
        await ReopenAsync();
        foreach (string id in ids)
            (await Store.Logs.FindAsync("w", id))!.Output.ShouldBe("output of " + id);
        (await IdsAsync(new LogQuery("w") { Descending = false })).ShouldBe(ids.Order(StringComparer.Ordinal));
        (await Store.Logs.DeleteAsync("w", ids[2])).ShouldBeTrue();
        (await Store.Logs.FindAsync("w", ids[0])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Counters_know_the_day_of_any_date_and_the_project_and_task()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?", task: "Draft");
        DateTimeOffset[] moments =
        [
            DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch.AddMilliseconds(-1), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddTicks(-9_999),
        ];
        foreach ((int i, DateTimeOffset moment) in moments.Index())
            await Store.Logs.AppendAsync(log with { Id = $"{i}", Timestamp = moment }, []);
        LogCounter[] expected =
            [.. moments.Select(moment => new LogCounter(log.ProjectId, "Draft", LogStatus.Pass, DateOnly.FromDateTime(moment.UtcDateTime), 1))];
        (await Store.Logs.CountAsync("w")).OrderBy(static counter => counter.Day).ShouldBe(expected);
        await ReopenAsync();
        (await Store.Logs.CountAsync("w")).OrderBy(static counter => counter.Day).ShouldBe(expected);
    }
}
