using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>Opening a database whose columns were saved in segments, and changed after that.</summary>
public sealed class LiteDBSegmentTests : IDisposable
{
    private const int Logs = (2 * SegmentDocument.Rows) + 100;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_saved_in_segments_is_what_was_written_and_what_became_of_it()
    {
        string path = _folder.File("tracira.db");
        await using (var store = LiteDBStore.Open(path))
        {
            Log template = await SampleLogs.InAsync(store, "p", "?");
            await Task.WhenAll(Enumerable.Range(0, Logs).Select(i => store.Logs.AppendAsync(Nth(template, i), []).AsTask()));
            (await store.Logs.DeleteAsync("w", IdOf(3))).ShouldBeTrue();
            (await store.Logs.DeleteAsync("w", IdOf(4))).ShouldBeTrue();
            (await store.Logs.CompleteAsync(Nth(template, 10) with { Status = LogStatus.Flagged }, [])).ShouldBeTrue();
            await store.Logs.AppendAsync(Nth(template, 4) with { SessionId = "again" }, []);
        }

        for (int round = 0; round < 2; round++)
        {
            await using var reopened = LiteDBStore.Open(path);
            (await reopened.Logs.FindAsync("w", IdOf(3))).ShouldBeNull();
            (await reopened.Logs.FindAsync("w", IdOf(4))).ShouldNotBeNull().SessionId.ShouldBe("again");
            (await reopened.Logs.FindAsync("w", IdOf(10))).ShouldNotBeNull().Status.ShouldBe(LogStatus.Flagged);
            (await reopened.Logs.FindAsync("w", IdOf(Logs - 1))).ShouldNotBeNull().SessionId.ShouldBe($"session-{(Logs - 1) % 50}");
            (await reopened.Logs.AppendAsync(Nth((await reopened.Logs.FindAsync("w", IdOf(20)))!, 20), [])).ShouldNotBeNull("the id is taken");

            LogPage page = await reopened.Logs.ListAsync(new LogQuery("w") { SessionId = "session-7" });
            page.Total.ShouldBe(Enumerable.Range(0, Logs).Count(static i => i % 50 == 7));
            (await reopened.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(Logs - 1);
            (await reopened.Logs.CountAsync("w")).Where(static counter => counter.Status == LogStatus.Pending).Sum(static counter => counter.Count)
                .ShouldBe(Enumerable.Range(0, Logs).Count(static i => i % 10 == 0) - 1);
        }
    }

    private static Log Nth(Log template, int i) => template with
    {
        Id = IdOf(i),
        SessionId = $"session-{i % 50}",
        Status = i % 10 == 0 ? LogStatus.Pending : LogStatus.Pass,
    };

    // Every third id is none that the store keeps as the bits of a UUID.
    private static string IdOf(int i) => i % 3 == 0 ? $"log.{i}" : $"0190a0de-0000-7000-8000-{i:x12}";
}
