using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_log_that_is_completed_and_deleted_at_once_ends_deleted_with_its_messages()
    {
        for (int i = 0; i < 100; i++)
        {
            Log log = await SampleLogs.AddAsync(Store, "p", $"log-{i}", LogStatus.Pending);
            Task<bool> completing = Task.Run(async () =>
                await Store.Logs.CompleteAsync(log with { Status = LogStatus.Flagged }, [SampleLogs.Message(log, $"m{i}")]));
            Task<bool> deleting = Task.Run(async () => await Store.Logs.DeleteAsync("w", log.Id));
            await completing; // true or false: whoever came first
            (await deleting).ShouldBeTrue();
        }

        await ReopenAsync();
        (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(0);
        (await Store.Logs.CountAsync("w")).ShouldBeEmpty();
        (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_acknowledged_is_visible_to_the_very_next_call()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?", LogStatus.Pending);
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
        {
            Log mine = log with { Id = $"log-{i}", SessionId = $"s{i}" };
            (await Store.Logs.AppendAsync(mine, [], token)).ShouldBeNull();
            (await Store.Logs.FindAsync("w", mine.Id, token)).ShouldNotBeNull();
            (await Store.Logs.CompleteAsync(mine with { Status = LogStatus.Pass }, [], token)).ShouldBeTrue();
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w") { SessionId = mine.SessionId }, token);
            (page.Total, page.Passed, page.Logs[0].Log.Status).ShouldBe((1, 1, LogStatus.Pass));
            if (i % 2 == 0)
            {
                (await Store.Logs.DeleteAsync("w", mine.Id, token)).ShouldBeTrue();
                (await Store.Logs.FindAsync("w", mine.Id, token)).ShouldBeNull();
            }
        });
        (await Store.Logs.CountAsync("w")).ShouldBe([new LogCounter(log.ProjectId, null, LogStatus.Pass, new DateOnly(2026, 3, 1), 200)]);
    }

    [Fact]
    public async Task Calls_that_closing_overtakes_are_answered_or_turned_away_and_what_was_acknowledged_stays()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        int acknowledged = 0;
        Task[] callers = [.. Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            try
            {
                for (int i = 0; ; i++)
                {
                    await Store.Logs.AppendAsync(log with { Id = $"{caller}-{i}" }, []);
                    Interlocked.Increment(ref acknowledged);
                    await Store.Logs.FindAsync("w", $"{caller}-{i}");
                    await Store.Logs.ListAsync(new LogQuery("w"));
                }
            }
            catch (StoreUnavailableException)
            {
                // as promised; anything else fails the test
            }
        }))];
        await Task.Delay(100);
        await Store.DisposeAsync();
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30));
        await ReopenAsync();
        if (Persists)
            (await Store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBeGreaterThanOrEqualTo(acknowledged);
    }
}
