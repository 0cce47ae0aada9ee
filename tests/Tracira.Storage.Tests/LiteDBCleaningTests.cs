using LiteDB;
using LiteDB.Engine;
using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>What is gone for everybody at once and goes from disk bit by bit, wherever it is interrupted.</summary>
public sealed class LiteDBCleaningTests : IDisposable
{
    private const int Logs = (2 * SegmentDocument.Rows) + 100;
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("tracira.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_merged_and_deleted_stays_so_though_no_document_has_been_removed_yet()
    {
        string kept = await FillAsync();
        await using (var store = LiteDBStore.Open(Path, Never))
        {
            await HoldsAsync(store, kept);
            (await store.Logs.AppendAsync(await SampleLogs.InAsync(store, "deleted", "log.0"), [])).ShouldBeNull("name and id are free");
            (await store.Logs.DeleteAsync("w", "log.0")).ShouldBeTrue();
        }

        Count("logs").ShouldBe(Logs);
        await using (var store = LiteDBStore.Open(Path, Never))
            await HoldsAsync(store, kept);
        await CleanAsync(Path);
        Count("logs").ShouldBe(Logs / 2);
        Count("purges").ShouldBe(0);
        Count("outbox").ShouldBe(0);
        await using (var store = LiteDBStore.Open(Path, Never))
            await HoldsAsync(store, kept);
    }

    [Fact]
    public async Task Cleaning_goes_on_wherever_it_was_interrupted()
    {
        string kept = await FillAsync();
        for (int round = 0; round < 5; round++)
        {
            await using var store = LiteDBStore.Open(Path, TimeSpan.FromMilliseconds(1));
            await HoldsAsync(store, kept);
        }

        Count("logs").ShouldBeInRange(Logs / 2, Logs);
        await CleanAsync(Path);
        Count("logs").ShouldBe(Logs / 2);
        await using (var store = LiteDBStore.Open(Path))
            await HoldsAsync(store, kept);
    }

    [Fact]
    public async Task A_power_cut_in_the_midst_of_a_file_leaves_nothing_of_it()
    {
        string copy = _folder.File("copy.db");
        await using (var store = LiteDBStore.Open(Path))
        {
            var file = new MediaFile("w", "w/a", "a", "text/plain", 0, SampleLogs.Noon);
            await store.Media.SaveAsync(file, new MemoryStream(new byte[5]), 5);
            var content = new StallingStream(new byte[3 * MediaChunk.Bytes]);
            Task saving = Task.Run(async () => await store.Media.SaveAsync(file, content, long.MaxValue));
            await content.Reached;
            _folder.CopyStore(Path, copy);
            content.GoOn();
            await saving;
        }

        await CleanAsync(copy);
        Count("media_chunks", copy).ShouldBe(1);
        Count("media_waste", copy).ShouldBe(0);
        await using (var store = LiteDBStore.Open(copy))
            (await store.Media.FindAsync("w", "w/a"))!.Bytes.ShouldBe(5);

        await CleanAsync(Path);
        Count("media_chunks").ShouldBe(4, "those of the file that was replaced are removed");
    }

    // Half of the logs in a project that is deleted, the other half in two, one of which is merged into the other.
    private async Task<string> FillAsync()
    {
        await using var store = LiteDBStore.Open(Path, Never);
        Log deleted = await SampleLogs.InAsync(store, "deleted", "?");
        Log merged = await SampleLogs.InAsync(store, "merged", "?", task: "T");
        Log kept = await SampleLogs.InAsync(store, "kept", "?", task: "t");
        await Task.WhenAll(Enumerable.Range(0, Logs).Select(i =>
        {
            Log log = (i % 2 == 0 ? deleted : i % 4 == 1 ? merged : kept) with { Id = $"log.{i}", SessionId = "s" };
            return store.Logs.AppendAsync(log, i % 1000 == 0 ? [SampleLogs.Message(log, $"m{i}")] : []).AsTask();
        }));
        (await store.Projects.DeleteAsync("w", deleted.ProjectId)).ShouldBeTrue();
        (await store.Projects.MergeAsync("w", merged.ProjectId, kept.ProjectId)).ShouldBeTrue();
        await HoldsAsync(store, kept.ProjectId);
        return kept.ProjectId;
    }

    private static async Task HoldsAsync(LiteDBStore store, string kept)
    {
        (await store.Logs.CountAsync("w")).ShouldBe([new LogCounter(kept, "t", LogStatus.Pass, new DateOnly(2026, 3, 1), Logs / 2)]);
        LogPage page = await store.Logs.ListAsync(new LogQuery("w") { Project = "kept", Task = "T", Limit = 1 });
        (page.Total, page.Passed, page.Logs[0].SessionTurnCount).ShouldBe((Logs / 2, Logs / 2, Logs / 2));
        (await store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(Logs / 2);
        (await store.Logs.ListAsync(new LogQuery("w") { Project = "merged" })).Total.ShouldBe(0);
        (await store.Logs.FindAsync("w", "log.1"))!.TaskName.ShouldBe("t");
        (await store.Logs.FindAsync("w", "log.2")).ShouldBeNull();
        (await store.Logs.FindAsync("w", $"log.{Logs - 2}")).ShouldBeNull();
        (await SampleLogs.ReadAllAsync(store.Outbox.ReadAsync())).ShouldBeEmpty();
    }

    // Opens the store until nothing is left to remove.
    private static async Task CleanAsync(string path)
    {
        for (int attempt = 0; attempt < 20 && Count("purges", path) + Count("media_waste", path) > 0; attempt++)
        {
            await using var store = LiteDBStore.Open(path, TimeSpan.Zero);
            await Task.Delay(1_000);
        }
    }

    private int Count(string collection) => Count(collection, Path);

    // A store that was closed as it should be is a file that LiteDB alone can read.
    private static int Count(string collection, string path)
    {
        if (File.Exists(Database.LogPathOf(path)))
            LiteDBStore.Open(path, Never).DisposeAsync().AsTask().GetAwaiter().GetResult();
        using var engine = new LiteEngine(path);
        using IBsonDataReader reader = engine.Query(collection, new Query());
        int count = 0;
        while (reader.Read())
            count++;
        return count;
    }

    /// <summary>Stops short of its end until it is told to go on.</summary>
    private sealed class StallingStream(byte[] content) : MemoryStream(content)
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly TaskCompletionSource _goOn = new();

        public Task Reached => _reached.Task;

        public void GoOn() => _goOn.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                _reached.TrySetResult();
                await _goOn.Task;
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
