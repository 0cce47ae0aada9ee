using Shouldly;
using Tracira.Storage.PostgreSql;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>What only a store that several nodes share has to promise.</summary>
public sealed class PostgreSqlStoreTests : IDisposable
{
    private readonly PostgreSqlDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Of_nodes_that_start_at_once_one_makes_the_schema_and_all_are_open()
    {
        PostgreSqlStore[] stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Open)));
        await SampleLogs.AddAsync(stores[0], "p", "log");
        foreach (PostgreSqlStore store in stores)
        {
            (await store.Logs.FindAsync("w", "log")).ShouldNotBeNull();
            await store.DisposeAsync();
        }

        _database.Ask("select version from schema_versions").ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_left_alone()
    {
        await Open().DisposeAsync();
        _database.Run("insert into schema_versions (version) values (1000)");
        Should.Throw<StoreUnavailableException>(Open).Message.ShouldContain("1000");
    }

    [Fact]
    public async Task Two_nodes_with_the_same_ids_add_each_log_once_and_count_it_once()
    {
        await using PostgreSqlStore one = Open();
        await using PostgreSqlStore two = Open();
        Log log = await SampleLogs.InAsync(one, "p", "?");
        Log?[] answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? one : two).Logs.AppendAsync(log with { Id = $"{i / 2}", Model = $"m{i % 3}" }, []))));
        answers.Count(static answer => answer is null).ShouldBe(200);
        (await two.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(200);
        (await one.Logs.CountAsync("w")).Single().Count.ShouldBe(200);
        (await one.Logs.CountModelsAsync("w", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1))).Sum(static model => model.Tally.Logs).ShouldBe(200);
    }

    [Fact]
    public async Task Decisions_of_two_nodes_on_one_log_see_each_other()
    {
        await using PostgreSqlStore one = Open();
        await using PostgreSqlStore two = Open();
        await SampleLogs.AddAsync(one, "p", "log");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () => await (i % 2 == 0 ? one : two).Logs.ChangeAsync(
            "w", ["log"], static log => new LogWrite(log with { InstructionsVersion = (log.InstructionsVersion ?? 0) + 1 }, [])))));
        (await two.Logs.FindAsync("w", "log"))!.InstructionsVersion.ShouldBe(60);
    }

    [Fact]
    public async Task A_project_that_another_node_renamed_merged_or_deleted_is_met_as_it_is()
    {
        await using PostgreSqlStore one = Open();
        await using PostgreSqlStore two = Open();
        Log log = await SampleLogs.AddAsync(one, "Mail", "1");
        Log post = await SampleLogs.AddAsync(two, "Post", "2");
        (await two.Projects.MergeAsync("w", log.ProjectId, post.ProjectId)).ShouldBeTrue();
        Log late = await SampleLogs.AddAsync(one, "Mail", "3");
        (await one.Logs.FindAsync("w", late.Id))!.ProjectName.ShouldBe("Post");
        (await one.Projects.ResolveAsync("w", "Mail", null)).Project.Id.ShouldNotBe(log.ProjectId, "what was remembered was forgotten");
        (await two.Projects.DeleteAsync("w", post.ProjectId)).ShouldBeTrue();
        await Should.ThrowAsync<ProjectGoneException>(async () => await one.Logs.AppendAsync(late with { Id = "4" }, []));
    }

    [Fact]
    public async Task A_message_that_two_nodes_want_goes_to_one_and_to_the_other_when_that_dies()
    {
        await using PostgreSqlStore one = Open();
        await using PostgreSqlStore two = Open();
        Log log = await SampleLogs.InAsync(one, "p", "?");
        for (int i = 0; i < 50; i++)
            await one.Logs.AppendAsync(log with { Id = $"{i}" }, [SampleLogs.Message(log with { Id = $"{i}" }, $"m{i:00}") with { Url = $"https://{i}/" }]);
        OutboxClaim Claim(int second) => new(SampleLogs.Noon.AddSeconds(second), SampleLogs.Noon.AddSeconds(second + 30), 10, 10, new Dictionary<string, int>());
        ClaimedDeliveries[] claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () => await (i % 2 == 0 ? one : two).Outbox.ClaimAsync(Claim(0)))));
        claims.SelectMany(static claim => claim.Deliveries).Select(static delivery => delivery.Message.Id).Distinct().Count().ShouldBe(50);
        await one.DisposeAsync();
        (await two.Outbox.ClaimAsync(Claim(29))).Deliveries.ShouldBeEmpty();
        (await two.Outbox.ClaimAsync(Claim(30))).Deliveries.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_month_has_a_partition_from_its_first_log_until_its_last_one_is_too_old()
    {
        await using PostgreSqlStore one = Open();
        await using PostgreSqlStore two = Open();
        Log log = await SampleLogs.InAsync(one, "p", "?");
        DateTimeOffset old = new(2021, 2, 28, 23, 59, 59, 999, TimeSpan.Zero);
        await one.Logs.AppendAsync(log with { Id = "old", Timestamp = old }, []);
        await one.Logs.AppendAsync(log with { Id = "next", Timestamp = old.AddMilliseconds(1) }, []);
        await one.Logs.AppendAsync(log with { Id = "nowhere", Timestamp = DateTimeOffset.UnixEpoch }, []);
        Partitions().ShouldBe(["logs_2021_02", "logs_2021_03", "logs_elsewhere"]);
        (await one.Logs.DeleteOlderAsync("w", null, old.AddMilliseconds(1), 10)).ShouldBe(["old", "nowhere"]);
        Partitions().ShouldBe(["logs_2021_03", "logs_elsewhere"]);
        await two.Logs.AppendAsync(log with { Id = "again", Timestamp = old }, []);
        await two.Logs.DeleteOlderAsync("w", null, old.AddMilliseconds(1), 10);
        await one.Logs.AppendAsync(log with { Id = "once more", Timestamp = old }, []); // it still believes that the month is there
        Partitions().ShouldBe(["logs_2021_02", "logs_2021_03", "logs_elsewhere"]);
        (await one.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_that_is_away_turns_calls_away_and_when_it_is_back_they_go_on()
    {
        await using PostgreSqlStore store = Open();
        Log log = await SampleLogs.AddAsync(store, "p", "before");
        _database.Refuse(true);
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Logs.AppendAsync(log with { Id = "never" }, []));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Logs.ListAsync(new LogQuery("w")));
        _database.Refuse(false);
        (await store.Logs.AppendAsync(log with { Id = "after" }, [])).ShouldBeNull();
        (await store.Logs.ListAsync(new LogQuery("w") { Descending = false })).Logs.Select(static item => item.Log.Id).ShouldBe(["after", "before"]);
    }

    [Fact]
    public async Task What_no_database_could_keep_as_it_is_is_kept_and_found()
    {
        await using PostgreSqlStore store = Open();
        Log log = await SampleLogs.InAsync(store, "a\0b", "log", task: "100%_\\") with
        {
            Model = "m\0",
            SessionId = "\uFFFD\0s",
            Tags = ["t\0"],
            Metadata = """{"a\u0000":"\u0000","n":1e999,"s":"\ud800"}""",
        };
        (await store.Logs.AppendAsync(log, [])).ShouldBeNull();
        Log found = (await store.Logs.FindAsync("w", "log"))!;
        (found.ProjectName, found.TaskName, found.Model, found.SessionId, found.Metadata).ShouldBe(("a\0b", "100%_\\", "m\0", "\uFFFD\0s", log.Metadata));
        var query = new LogQuery("w");
        foreach (LogQuery finds in (LogQuery[])[
            query with { Project = "A\0B" }, query with { SessionId = "\uFFFD\0S" }, query with { Tags = ["T\0"] }, query with { Text = "0%_\\" }, query with { Text = "\0B" }])
            (await store.Logs.ListAsync(finds)).Total.ShouldBe(1, finds.ToString());
        foreach (string text in (string[])["1_0", "%\\", "a_b", "\0a"])
            (await store.Logs.ListAsync(query with { Text = text })).Total.ShouldBe(0, text);
    }

    private PostgreSqlStore Open() => PostgreSqlStore.Open(_database.ConnectionString);

    private List<string> Partitions() =>
        _database.Ask("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'logs'::regclass order by 1");
}
