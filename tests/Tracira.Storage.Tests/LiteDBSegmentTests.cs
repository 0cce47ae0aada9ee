using LiteDB;
using LiteDB.Engine;
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

    [Fact]
    public async Task What_rules_flagged_in_segments_is_counted_as_it_was_written_and_as_it_became()
    {
        string path = _folder.File("tracira.db");
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "rule" };
        string other;
        await using (var store = LiteDBStore.Open(path))
        {
            Log template = Flagged(await SampleLogs.InAsync(store, "p", "?"), rule);
            Log elsewhere = Flagged(await SampleLogs.InAsync(store, "q", "?"), rule);
            other = elsewhere.ProjectId;
            await Task.WhenAll(Enumerable.Range(0, Logs).Select(i =>
                store.Logs.AppendAsync((i % 2 == 0 ? template : elsewhere) with { Id = $"{i}", Status = i % 10 < 2 ? LogStatus.Flagged : LogStatus.Pass }, []).AsTask()));
        }

        int flagged = Enumerable.Range(0, Logs).Count(static i => i % 10 < 2);
        int ofOther = Enumerable.Range(0, Logs).Count(static i => i % 10 == 1);
        await using (var store = LiteDBStore.Open(path))
        {
            (await HitsAsync(store)).ShouldBe([(null, flagged)]);
            await store.Logs.ChangeAsync("w", ["0", "10"], static log => new LogWrite(log with { Decision = new(DecisionKind.Rejected, SampleLogs.Noon, "Ada", "api") }, []));
            await store.Logs.ChangeAsync("w", ["2", $"{Logs - 1}"], log => new LogWrite(Flagged(log, rule) with { Status = LogStatus.Flagged }, []));
            await store.Logs.ChangeAsync("w", ["20"], static log => new LogWrite(log with { Status = LogStatus.Pass, AppliedRules = [] }, []));
            await store.Logs.DeleteManyAsync("w", ["0", "1", "3"]);
        }

        int last = (Logs - 1) % 10 < 2 ? 0 : 1;
        for (int round = 0; round < 2; round++)
        {
            await using var store = LiteDBStore.Open(path);
            (await HitsAsync(store)).ShouldBe([(null, flagged - 4 + 1 + last), (DecisionKind.Rejected, 1)]);
        }

        await using (var store = LiteDBStore.Open(path, TimeSpan.FromHours(1)))
        {
            (await store.Projects.DeleteAsync("w", other)).ShouldBeTrue();
            (await HitsAsync(store)).ShouldBe([(null, flagged - 4 + 1 - (ofOther - 1)), (DecisionKind.Rejected, 1)]);
        }

        await using var reopened = LiteDBStore.Open(path, TimeSpan.FromHours(1)); // with the logs still on disk
        (await HitsAsync(reopened)).ShouldBe([(null, flagged - 4 + 1 - (ofOther - 1)), (DecisionKind.Rejected, 1)]);
    }

    [Fact]
    public async Task A_folder_whose_segments_are_of_the_format_before_is_read_from_its_logs()
    {
        string path = _folder.File("tracira.db");
        Rule rule = new("Rule", RuleType.LengthLimit, "5") { Id = "rule" };
        await using (var store = LiteDBStore.Open(path))
        {
            Log template = Flagged(await SampleLogs.InAsync(store, "p", "?"), rule);
            await Task.WhenAll(Enumerable.Range(0, Logs).Select(i => store.Logs.AppendAsync(Nth(template, i) with { Status = LogStatus.Flagged }, []).AsTask()));
            await store.Logs.DeleteManyAsync("w", [IdOf(5), IdOf(Logs - 1)]);
        }

        using (var engine = new LiteEngine(new EngineSettings { Filename = path, Collation = Collation.Binary }))
        {
            engine.Update(SegmentDocument.StateCollection, [SegmentDocument.WriteStates(0, new byte[SegmentDocument.Rows])]);
            engine.DropCollection(RuleHits.Collection);
            engine.Pragma("USER_VERSION", 4);
        }

        for (int round = 0; round < 2; round++)
        {
            await using var store = LiteDBStore.Open(path);
            (await HitsAsync(store)).ShouldBe([(null, Logs - 2 + round)]);
            (await store.Logs.ListAsync(new LogQuery("w") { Status = LogStatus.Flagged })).Total.ShouldBe(Logs - 2 + round);
            (await store.Logs.FindAsync("w", IdOf(5))).ShouldBeNull();
            (await store.Logs.FindAsync("w", IdOf(6))).ShouldNotBeNull();
            if (round == 0)
                (await store.Logs.AppendAsync(Nth((await store.Logs.FindAsync("w", IdOf(6)))!, Logs) with { Status = LogStatus.Flagged }, [])).ShouldBeNull();
        }
    }

    private static Log Flagged(Log log, Rule rule) => log with { AppliedRules = [new(rule, RuleOutcomeKind.Flagged)] };

    private static async Task<(DecisionKind? Decision, long Count)[]> HitsAsync(LiteDBStore store) =>
    [
        .. (await store.Logs.CountRulesAsync("w", DateOnly.MinValue, DateOnly.MaxValue))
            .GroupBy(static counter => counter.Decision)
            .OrderBy(static group => group.Key)
            .Select(static group => (group.Key, group.Sum(static counter => counter.Count))),
    ];

    private static Log Nth(Log template, int i) => template with
    {
        Id = IdOf(i),
        SessionId = $"session-{i % 50}",
        Status = i % 10 == 0 ? LogStatus.Pending : LogStatus.Pass,
    };

    // Every third id is none that the store keeps as the bits of a UUID.
    private static string IdOf(int i) => i % 3 == 0 ? $"log.{i}" : $"0190a0de-0000-7000-8000-{i:x12}";
}
