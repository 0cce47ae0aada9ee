using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Each_log_of_a_batch_is_added_as_if_alone_behind_those_before_it()
    {
        await SampleLogs.AddAsync(Store, "p", "taken");
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        OutboxMessage message = SampleLogs.Message(log with { Id = "b" }, "m");
        LogWrite[] batch =
        [
            new(log with { Id = "a", Output = "1" }, []),
            new(log with { Id = "taken", Output = "2" }, [message with { Id = "never" }]),
            new(log with { Id = "b", Output = "3" }, [message]),
            new(log with { Id = "a", Output = "4" }, [message with { Id = "never" }]),
        ];
        (await Store.Logs.AppendManyAsync(batch)).Select(static answer => answer?.Output).ShouldBe([null, "output of taken", null, "1"]);
        await ReopenAsync();
        (await IdsAsync(new LogQuery("w") { Descending = false })).ShouldBe(["a", "b", "taken"]);
        (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBe([message]);
        (await Store.Logs.AppendManyAsync(batch)).Select(static answer => answer?.Output).ShouldBe(["1", "output of taken", "3", "1"]);
        (await Store.Logs.AppendManyAsync([])).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_batches_with_the_same_ids_at_once_each_log_is_added_by_one()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        IReadOnlyList<Log?>[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(batch => Task.Run(async () =>
            await Store.Logs.AppendManyAsync([.. Enumerable.Range(0, 50).Select(i => new LogWrite(log with { Id = $"{i}", Output = $"{batch}" }, []))]))));
        answers.Sum(static batch => batch.Count(static answer => answer is null)).ShouldBe(50);
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(50);
    }

    [Fact]
    public async Task Many_logs_are_removed_at_once_and_the_ids_of_those_that_were_there_are_told()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        for (int i = 0; i < 5; i++)
            await Store.Logs.AppendAsync(log with { Id = $"{i}", SessionId = "s" }, [SampleLogs.Message(log with { Id = $"{i}" }, $"m{i}")]);
        (await Store.Logs.DeleteManyAsync("w", ["1", "nobody", "3", "1"])).ShouldBe(["1", "3"]);
        (await Store.Logs.DeleteManyAsync("nobody", ["1"])).ShouldBeEmpty();
        for (int round = 0; round < 2; round++)
        {
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w") { Descending = false });
            page.Logs.Select(static item => (item.Log.Id, item.SessionTurnCount)).ShouldBe([("0", 3), ("2", 3), ("4", 3)]);
            (await Store.Logs.CountAsync("w")).Single().Count.ShouldBe(3);
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).Select(static message => message.Id).ShouldBe(["m0", "m2", "m4"]);
            await ReopenAsync();
        }
    }
}
