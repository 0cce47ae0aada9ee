using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Logs_that_match_are_read_in_the_order_they_were_accepted()
    {
        const int Count = 300;
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        Log other = await SampleLogs.InAsync(Store, "p", "?", workspace: "other");
        for (int i = 0; i < Count; i++)
        {
            await Store.Logs.AppendAsync(log with { Id = $"{i}", Timestamp = SampleLogs.Noon.AddDays(-i), SessionId = $"s{i % 3}" }, []);
            if (i % 5 == 0)
                await Store.Logs.AppendAsync(other with { Id = $"{i}" }, []);
        }

        await ReopenAsync();
        (await ReadIdsAsync(new LogQuery("w") { Limit = 1, Offset = 5 })).ShouldBe(Enumerable.Range(0, Count).Select(static i => $"{i}"));
        (await ReadIdsAsync(new LogQuery("w") { SessionId = "S1" })).ShouldBe(Enumerable.Range(0, Count).Where(static i => i % 3 == 1).Select(static i => $"{i}"));
        (await ReadIdsAsync(new LogQuery("w") { SessionId = "none" })).ShouldBeEmpty();
        (await ReadIdsAsync(new LogQuery("nobody"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_or_goes_while_logs_are_read_is_left_out()
    {
        const int Count = 200;
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        for (int i = 0; i < Count; i++)
            await Store.Logs.AppendAsync(log with { Id = $"{i}" }, []);
        List<string> read = [];
        await foreach (Log found in Store.Logs.ReadAsync(new LogQuery("w")))
        {
            if (read.Count == 0)
            {
                await Store.Logs.AppendAsync(log with { Id = "new" }, []);
                await Store.Logs.DeleteAsync("w", $"{Count - 1}");
            }

            read.Add(found.Id);
        }

        read.ShouldNotContain("new");
        read.ShouldBe(Enumerable.Range(0, Count - 1).Select(static i => $"{i}"));
    }

    [Fact]
    public async Task The_oldest_accepted_logs_from_before_a_moment_are_removed_unless_they_are_pending()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        Log other = await SampleLogs.InAsync(Store, "other", "?");
        (string Id, Log Like, int Days, LogStatus Status)[] logs =
        [
            ("1", log, -1, LogStatus.Pass), ("2", log, -9, LogStatus.Flagged), ("new", log, 0, LogStatus.Pass), ("pending", log, -5, LogStatus.Pending),
            ("3", log, -2, LogStatus.Error), ("other", other, -3, LogStatus.Pass),
        ];
        foreach ((string id, Log like, int days, LogStatus status) in logs)
        {
            Log one = like with { Id = id, Timestamp = SampleLogs.Noon.AddDays(days), Status = status };
            await Store.Logs.AppendAsync(one, [SampleLogs.Message(one, id)]);
        }

        (await Store.Logs.DeleteOlderAsync("w", "nobody", SampleLogs.Noon, 10)).ShouldBeEmpty();
        (await Store.Logs.DeleteOlderAsync("nobody", null, SampleLogs.Noon, 10)).ShouldBeEmpty();
        (await Store.Logs.DeleteOlderAsync("w", log.ProjectId, SampleLogs.Noon, 2)).ShouldBe(["1", "2"]);
        (await Store.Logs.DeleteOlderAsync("w", log.ProjectId, SampleLogs.Noon, 2)).ShouldBe(["3"]);
        await ReopenAsync();
        (await Store.Logs.DeleteOlderAsync("w", null, SampleLogs.Noon, 2)).ShouldBe(["other"]);
        (await Store.Logs.DeleteOlderAsync("w", null, SampleLogs.Noon, 2)).ShouldBeEmpty();
        (await IdsAsync(new LogQuery("w"))).ShouldBe(["new", "pending"]);
        (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).Select(static message => message.Id).ShouldBe(["new", "pending"]);
        (await Store.Logs.CountAsync("w")).Sum(static counter => counter.Count).ShouldBe(2);
    }

    private async Task<List<string>> ReadIdsAsync(LogQuery query) =>
        [.. (await SampleLogs.ReadAllAsync(Store.Logs.ReadAsync(query))).Select(static log => log.Id)];
}
