using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    public static TheoryData<LogSort> Sorts => [.. Enum.GetValues<LogSort>()];

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Absent_values_come_first_when_ascending_and_ties_go_by_time_and_then_by_id(LogSort sort)
    {
        Log plain = await SampleLogs.InAsync(Store, "a", "?", LogStatus.Error);
        Log valued = await SampleLogs.InAsync(Store, "B", "?", LogStatus.Pending) with { Model = "B", LatencyMs = 0.5, CostUsd = 1e-9 };
        Log[] inOrder =
        [
            plain with { Id = "z", Timestamp = SampleLogs.Noon.AddDays(-1) },
            plain with { Id = "A" },
            plain with { Id = "a" },
            valued with { Id = "Z", Timestamp = sort == LogSort.Timestamp ? SampleLogs.Noon.AddDays(1) : DateTimeOffset.UnixEpoch.AddDays(-1) },
            valued with { Id = "00000000-0000-7000-8000-000000000001", Timestamp = SampleLogs.Noon.AddDays(2) },
            valued with { Id = "0f", Timestamp = SampleLogs.Noon.AddDays(2) },
        ];
        foreach (Log log in inOrder.Reverse())
            (await Store.Logs.AppendAsync(log, [])).ShouldBeNull();
        var ascending = new LogQuery("w") { Sort = sort, Descending = false };
        string[] expected = [.. inOrder.Select(static log => log.Id)];
        (await IdsAsync(ascending)).ShouldBe(expected);
        (await IdsAsync(ascending with { Descending = true })).ShouldBe(expected.Reverse());
        await ReopenAsync();
        (await IdsAsync(ascending)).ShouldBe(expected);
    }

    [Fact]
    public async Task Names_and_ids_are_matched_whole_and_in_any_case()
    {
        Log log = await SampleLogs.InAsync(Store, "Mail", "hit", task: "Draft") with { SessionId = "Straße", SubjectId = "Sub", ActorId = "Ännchen" };
        await Store.Logs.AppendAsync(log, []);
        await SampleLogs.AddAsync(Store, "Mailbox", "miss");
        var all = new LogQuery("w");
        foreach (LogQuery query in (LogQuery[])[
            all with { Project = "mAIL" }, all with { Task = "DRAFT" }, all with { SessionId = "STRAßE" }, all with { SubjectId = "sub" },
            all with { ActorId = "äNNCHEN" }])
            (await IdsAsync(query)).ShouldBe(["hit"], query.ToString());
        foreach (LogQuery query in (LogQuery[])[
            all with { Project = "Mai" }, all with { Task = "raft" }, all with { SessionId = "Strasse" }, all with { SubjectId = "" },
            all with { ActorId = "Annchen" }, all with { Project = "Mail", Task = "other" }, all with { SessionId = new string('x', 5_000) }])
            (await IdsAsync(query)).ShouldBeEmpty(query.ToString());
    }

    [Fact]
    public async Task Text_is_looked_for_in_names_and_ids_and_nowhere_else()
    {
        Log log = await SampleLogs.InAsync(Store, "one-Project", "log", task: "two-Task") with
        {
            Model = "three-Model",
            SessionId = "four-Session",
            SubjectId = "five-Subject",
            ActorId = "six-Actor",
            Output = "Output",
            Input = "Input",
            Tags = ["Tag"],
            Explanation = "Explanation",
            Metadata = """{"Key":1}""",
        };
        await Store.Logs.AppendAsync(log, []);
        foreach (string text in (string[])["PROJECT", "o-task", "three-", "ssion", "FIVE", "six-actor", "-"])
            (await IdsAsync(new LogQuery("w") { Text = text })).ShouldBe(["log"], text);
        foreach (string text in (string[])["put", "Tag", "Explanation", "Key", "Taskthree", "Task\0three", "\0", "log", "w"])
            (await IdsAsync(new LogQuery("w") { Text = text })).ShouldBe(text == "w" ? ["log"] : [], text); // "w" is in "two"
    }

    [Fact]
    public async Task Every_tag_asked_for_must_be_there()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        await Store.Logs.AppendAsync(log with { Id = "both", Tags = ["eu", "vip", "a,b"] }, []);
        await Store.Logs.AppendAsync(log with { Id = "one", Tags = ["VIP"] }, []);
        await Store.Logs.AppendAsync(log with { Id = "none" }, []);
        await ReopenAsync();
        var query = new LogQuery("w") { Descending = false };
        (await IdsAsync(query with { Tags = ["Vip"] })).ShouldBe(["both", "one"]);
        (await IdsAsync(query with { Tags = ["vip", "EU"] })).ShouldBe(["both"]);
        (await IdsAsync(query with { Tags = ["a,b"] })).ShouldBe(["both"]);
        (await IdsAsync(query with { Tags = ["vi"] })).ShouldBeEmpty();
        (await IdsAsync(query with { Tags = ["a"] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task From_is_inclusive_and_to_is_exclusive()
    {
        DateTimeOffset[] moments = [DateTimeOffset.MinValue, SampleLogs.Noon, SampleLogs.Noon.AddMilliseconds(1), DateTimeOffset.MaxValue.AddTicks(-9_999)];
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        foreach ((int i, DateTimeOffset moment) in moments.Index())
            await Store.Logs.AppendAsync(log with { Id = $"{i}", Timestamp = moment }, []);
        var query = new LogQuery("w") { Descending = false };
        (await IdsAsync(query with { From = moments[1], To = moments[2] })).ShouldBe(["1"]);
        (await IdsAsync(query with { From = moments[1].AddTicks(1) })).ShouldBe(["2", "3"]);
        (await IdsAsync(query with { To = moments[1].AddTicks(1) })).ShouldBe(["0", "1"]);
        (await IdsAsync(query with { From = moments[1].ToOffset(TimeSpan.FromHours(9)), To = DateTimeOffset.MaxValue })).ShouldBe(["1", "2", "3"]);
        (await IdsAsync(query with { From = DateTimeOffset.MinValue })).ShouldBe(["0", "1", "2", "3"]);
        (await IdsAsync(query with { From = moments[2], To = moments[1] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_hold_every_log_once_and_say_the_same_of_all()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?", LogStatus.Flagged);
        for (int i = 0; i < 25; i++)
            await Store.Logs.AppendAsync(log with { Id = $"{i:00}", Timestamp = SampleLogs.Noon.AddMinutes(i % 3) }, []);
        List<string> read = [];
        for (int offset = 0; offset < 40; offset += 7)
        {
            LogPage page = await Store.Logs.ListAsync(new LogQuery("w") { Offset = offset, Limit = 7 });
            (page.Total, page.FailuresDetected, page.PendingReviews, page.Passed).ShouldBe((25, 25, 25, 0));
            read.AddRange(page.Logs.Select(static item => item.Log.Id));
        }

        read.Count.ShouldBe(25);
        read.ShouldBeUnique();
    }

    [Fact]
    public async Task A_summary_counts_what_matches_and_a_decided_log_awaits_no_review()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?");
        var decision = new Decision(DecisionKind.Approved, SampleLogs.Noon, "Ada", "api");
        (string Id, LogStatus Status, bool Decided)[] logs =
        [
            ("pass", LogStatus.Pass, false), ("passed and decided", LogStatus.Pass, true), ("pending", LogStatus.Pending, false),
            ("flagged", LogStatus.Flagged, false), ("flagged and decided", LogStatus.Flagged, true), ("error", LogStatus.Error, false),
            ("error and decided", LogStatus.Error, true),
        ];
        foreach ((string id, LogStatus status, bool decided) in logs)
            await Store.Logs.AppendAsync(log with { Id = id.Replace(' ', '.'), Status = status, Decision = decided ? decision : null }, []);
        await SampleLogs.AddAsync(Store, "another", "elsewhere", LogStatus.Flagged);
        await ReopenAsync();
        var query = new LogQuery("w") { Project = "p", Limit = 1 };
        LogPage all = await Store.Logs.ListAsync(query);
        (all.Total, all.FailuresDetected, all.PendingReviews, all.Passed).ShouldBe((7, 4, 2, 2));
        LogPage flagged = await Store.Logs.ListAsync(query with { Status = LogStatus.Flagged });
        (flagged.Total, flagged.FailuresDetected, flagged.PendingReviews, flagged.Passed).ShouldBe((2, 2, 1, 0));
        (await IdsAsync(query with { AwaitingReview = true, Limit = 9, Descending = false })).ShouldBe(["error", "flagged"]);
        (await IdsAsync(query with { AwaitingReview = true, Status = LogStatus.Pass })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_count_is_of_the_whole_session_whatever_is_asked_for()
    {
        Log log = await SampleLogs.InAsync(Store, "p", "?") with { SessionId = "s" };
        await Store.Logs.AppendAsync(log with { Id = "1" }, []);
        await Store.Logs.AppendAsync(log with { Id = "2", Status = LogStatus.Flagged }, []);
        await Store.Logs.AppendAsync(log with { Id = "3", SessionId = "S" }, []);
        await Store.Logs.AppendAsync(log with { Id = "4", SessionId = null }, []);
        var flagged = new LogQuery("w") { Status = LogStatus.Flagged };
        (await Store.Logs.ListAsync(flagged)).Logs[0].SessionTurnCount.ShouldBe(3);
        await Store.Logs.DeleteAsync("w", "1");
        (await Store.Logs.ListAsync(flagged)).Logs[0].SessionTurnCount.ShouldBe(2);
        await ReopenAsync();
        (await Store.Logs.ListAsync(flagged)).Logs[0].SessionTurnCount.ShouldBe(2);
        (await Store.Logs.ListAsync(new LogQuery("w") { Descending = true })).Logs[0].SessionTurnCount.ShouldBe(0);
    }

    private async Task<string[]> IdsAsync(LogQuery query) => [.. (await Store.Logs.ListAsync(query)).Logs.Select(static item => item.Log.Id)];
}
