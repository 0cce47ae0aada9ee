using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>What the LiteDB store promises beyond the contract.</summary>
public sealed class LiteDBStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("tracira.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opener_is_told_that_the_file_is_in_use()
    {
        await using var store = LiteDBStore.Open(Path);
        Should.Throw<StoreUnavailableException>(() => LiteDBStore.Open(Path)).Message.ShouldContain("another process");
    }

    [Fact]
    public async Task A_file_of_garbage_is_told_and_left_as_it_is()
    {
        byte[] garbage = [.. Enumerable.Range(0, 20_000).Select(static i => (byte)(i * 31))];
        await File.WriteAllBytesAsync(Path, garbage);
        Should.Throw<StoreUnavailableException>(() => LiteDBStore.Open(Path));
        (await File.ReadAllBytesAsync(Path)).ShouldBe(garbage);
    }

    [Theory]
    [InlineData(1, "before its first release")]
    [InlineData(1000, "newer")]
    public async Task A_file_of_another_format_is_refused_with_its_number(int format, string writer)
    {
        await LiteDBStore.Open(Path).DisposeAsync();
        using (var database = new global::LiteDB.LiteDatabase(Path) { UserVersion = format })
            database.Checkpoint();
        string refusal = Should.Throw<StoreUnavailableException>(() => LiteDBStore.Open(Path)).Message;
        refusal.ShouldContain(writer);
        refusal.ShouldContain($"format {format};");
    }

    [Fact]
    public async Task More_logs_than_a_segment_holds_come_back_with_changes_made_before_and_after_they_were_sealed()
    {
        const int Count = 20_000;
        await using (var store = LiteDBStore.Open(Path))
        {
            Log template = await SampleLogs.InAsync(store, "p", "x");
            await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, token) =>
                (await store.Logs.AppendAsync(
                    template with { Id = $"log-{i}", Status = i % 10 == 0 ? LogStatus.Pending : LogStatus.Pass, SessionId = $"s{i / 4}" }, [], token)).ShouldBeNull());
            for (int i = 0; i < Count; i += 1000)
            {
                (await store.Logs.CompleteAsync(template with { Id = $"log-{i}", Status = LogStatus.Flagged, SessionId = $"s{i / 4}" }, [])).ShouldBeTrue();
                (await store.Logs.DeleteAsync("w", $"log-{i + 1}")).ShouldBeTrue();
            }
        }

        for (int round = 0; round < 2; round++)
        {
            await using var store = LiteDBStore.Open(Path);
            LogPage page = await store.Logs.ListAsync(new LogQuery("w") { Sort = LogSort.Status, Limit = 100, Descending = false });
            page.Total.ShouldBe(Count - 20);
            page.FailuresDetected.ShouldBe(20);
            page.Passed.ShouldBe(Count - 2000 - 20);
            page.Logs.Count(static item => item.Log.Status == LogStatus.Flagged).ShouldBe(20);
            (await store.Logs.FindAsync("w", "log-1")).ShouldBeNull();
            (await store.Logs.FindAsync("w", "log-19999"))!.Id.ShouldBe("log-19999");
            (await store.Logs.ListAsync(new LogQuery("w") { SessionId = "S0" })).Logs[0].SessionTurnCount.ShouldBe(3);
            (await SampleLogs.ReadAllAsync(store.Logs.ReadPendingAsync())).Count.ShouldBe(2000 - 20);
        }
    }

    [Fact]
    public async Task Pages_far_back_are_in_the_same_order_as_pages_in_front()
    {
        const int Count = 20_000;
        await using var store = LiteDBStore.Open(Path);
        Log template = await SampleLogs.InAsync(store, "p", "x");
        var random = new Random(1);
        Log[] logs = [.. Enumerable.Range(0, Count).Select(i => template with
        {
            Id = $"log-{i:00000}",
            Timestamp = SampleLogs.Noon.AddMilliseconds(random.Next(Count / 2)),
            LatencyMs = random.Next(10) == 0 ? null : random.Next(-100, 400),
        })];
        await Parallel.ForEachAsync(logs, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (log, token) => await store.Logs.AppendAsync(log, [], token));
        foreach (LogSort sort in new[] { LogSort.Timestamp, LogSort.LatencyMs })
        {
            foreach (bool descending in new[] { true, false })
            {
                string[] expected = [.. logs
                    .OrderBy(log => sort == LogSort.LatencyMs ? log.LatencyMs : null)
                    .ThenBy(static log => log.Timestamp)
                    .ThenBy(static log => log.Id, StringComparer.Ordinal)
                    .Select(static log => log.Id)];
                if (descending)
                    Array.Reverse(expected);
                foreach (int offset in new[] { 0, 1_950, 2_000, 5_000, 9_990, 15_000, 19_950, 19_999, 20_000 })
                {
                    LogPage page = await store.Logs.ListAsync(new LogQuery("w") { Sort = sort, Descending = descending, Offset = offset, Limit = 50 });
                    page.Logs.Select(static item => item.Log.Id).ShouldBe(expected.Skip(offset).Take(50), $"{sort} {descending} {offset}");
                }
            }
        }
    }

    [Fact]
    public async Task Every_log_acknowledged_before_a_power_cut_is_there_after_it()
    {
        // What is on disk at any moment is what the two files hold then: a copy taken mid-flight is what a power cut would leave.
        var acknowledged = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var store = LiteDBStore.Open(Path);
        Log template = await SampleLogs.InAsync(store, "p", "x");
        using var stop = new CancellationTokenSource();
        Task[] callers = [.. Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                await store.Logs.AppendAsync(template with { Id = $"{caller}-{i}" }, []);
                acknowledged.Enqueue($"{caller}-{i}");
            }
        }))];

        List<(string Copy, string[] Before)> cuts = [];
        for (int cut = 0; cut < 5; cut++)
        {
            await Task.Delay(100);
            string[] before = [.. acknowledged];
            string copy = _folder.File($"cut{cut}.db");
            _folder.CopyStore(Path, copy);
            cuts.Add((copy, before));
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        foreach ((string copy, string[] before) in cuts)
        {
            await using var recovered = LiteDBStore.Open(copy);
            (await recovered.Logs.ListAsync(new LogQuery("w") { Limit = 1 })).Total.ShouldBeGreaterThanOrEqualTo(before.Length);
            foreach (string id in before.TakeLast(500)) // the last ones are those that a cut could take
                (await recovered.Logs.FindAsync("w", id)).ShouldNotBeNull();
        }
    }
}
