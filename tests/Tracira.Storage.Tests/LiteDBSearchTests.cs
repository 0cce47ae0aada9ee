using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>Searching outputs in more logs than a segment holds, whatever has become of the file that makes it quick.</summary>
public sealed class LiteDBSearchTests : IDisposable
{
    private const int Logs = (3 * SegmentDocument.Rows) + 500;
    private const int Segments = Logs / SegmentDocument.Rows;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("tracira.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_rare_word_is_found_in_every_segment_and_the_others_are_not_read()
    {
        using (Database database = await FillAsync())
        {
            await CompleteAsync(database);
            Candidates(database, "needle").ShouldBe(Needles);
            Candidates(database, "zzzzzz").ShouldBeEmpty();
            Candidates(database, "le").Count.ShouldBe(Logs, "two characters rule nothing out");
            (await FindAsync(database, "NEEDLE")).ShouldBe((Needles.Length, new LogSearch(Logs, true)));
            (await FindAsync(database, "zzzzzz")).ShouldBe((0, new LogSearch(Logs, true)));
        }

        for (int round = 0; round < 2; round++)
        {
            using Database reopened = Open();
            await CompleteAsync(reopened);
            Candidates(reopened, "needle").ShouldBe(Needles);
            (await FindAsync(reopened, "needle")).ShouldBe((Needles.Length, new LogSearch(Logs, true)));
        }
    }

    [Fact]
    public async Task A_search_that_finds_enough_stops_and_says_how_far_it_came()
    {
        using Database database = await FillAsync();
        LogPage page = await PageAsync(database, new LogQuery("w") { OutputText = "of hay", Limit = 10 });
        page.Total.ShouldBeInRange(1_000, 1_100);
        LogSearch search = page.Search.ShouldNotBeNull();
        search.Complete.ShouldBeFalse();
        search.Reached.ShouldBe(TimeOf(Logs - search.Searched));

        LogPage rest = await PageAsync(database, new LogQuery("w") { OutputText = "of hay", To = search.Reached, Limit = 10 });
        rest.Logs[0].Log.Timestamp.ShouldBe(TimeOf(Logs - search.Searched - 1));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("half")]
    [InlineData("unwritable")]
    public async Task Without_the_file_it_is_found_as_well_and_the_file_is_made_anew(string damage)
    {
        (await FillAsync()).Dispose();
        string file = SignatureFile.PathOf(Path);
        byte[] whole = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        if (damage == "unwritable")
            Directory.CreateDirectory(file);
        else if (damage != "absent")
            await File.WriteAllBytesAsync(file, damage switch { "empty" => [], "half" => whole[..(whole.Length / 2)], _ => [.. whole.Select(static b => (byte)~b)] });

        using (Database database = Open())
        {
            (await FindAsync(database, "needle")).ShouldBe((Needles.Length, new LogSearch(Logs, true)));
            if (damage == "unwritable")
                return;
            await CompleteAsync(database);
            (await FindAsync(database, "needle")).ShouldBe((Needles.Length, new LogSearch(Logs, true)));
            Candidates(database, "needle").ShouldBe(Needles);
        }

        (await File.ReadAllBytesAsync(file)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_file_that_another_state_of_the_database_has_left_rules_nothing_out()
    {
        (await FillAsync(needle: "before")).Dispose();
        byte[] signatures = await File.ReadAllBytesAsync(SignatureFile.PathOf(Path));
        File.Delete(Path);
        (await FillAsync(needle: "needle", ids: "other")).Dispose();
        await File.WriteAllBytesAsync(SignatureFile.PathOf(Path), signatures);

        using Database database = Open();
        (await FindAsync(database, "needle")).Total.ShouldBe(Needles.Length);
        await CompleteAsync(database);
        (await FindAsync(database, "needle")).Total.ShouldBe(Needles.Length);
    }

    [Fact]
    public async Task Deleted_logs_are_not_found_be_they_sealed_or_not()
    {
        using (Database database = await FillAsync())
        {
            var logs = new LiteDBLogStore(database, new Gate(static () => false));
            await logs.DeleteManyAsync("w", [IdOf(Needles[0]), IdOf(Needles[^1])]);
            await CompleteAsync(database);
            Candidates(database, "needle").ShouldBe(Needles[1..^1]);
        }

        using Database reopened = Open();
        (await FindAsync(reopened, "needle")).Total.ShouldBe(Needles.Length - 2);
    }

    [Fact]
    public async Task Every_acknowledged_log_is_found_after_a_power_cut_with_or_without_the_file_of_that_moment()
    {
        List<string> copies = [];
        int acknowledged = 0;
        using (Database database = Open())
        {
            Log template = await TemplateAsync(database);
            var logs = new LiteDBLogStore(database, new Gate(static () => false));
            for (int i = 0; i < Logs; i += 500)
            {
                await AppendAsync(logs, template, i, Math.Min(i + 500, Logs), "needle");
                if (i / 4_000 == copies.Count)
                    continue;
                string copy = _folder.File($"cut{copies.Count}.db");
                _folder.CopyStore(Path, copy);
                if (File.Exists(SignatureFile.PathOf(Path)))
                    File.Copy(SignatureFile.PathOf(Path), SignatureFile.PathOf(copy));
                copies.Add(copy);
                acknowledged = i + 500;
            }
        }

        foreach (string copy in copies)
        {
            for (int round = 0; round < 2; round++)
            {
                using Database recovered = Open(copy);
                int there = (await FindAsync(recovered, "hay")).Search.ShouldNotBeNull().Searched;
                int all = recovered.ReadColumns(() => recovered.Columns.Count);
                (await FindAsync(recovered, "needle")).ShouldBe((Needles.Count(row => row < all), new LogSearch(all, true)));
                there.ShouldBeLessThanOrEqualTo(all);
                await CompleteAsync(recovered, sealedRows: false);
                (await FindAsync(recovered, "needle")).Total.ShouldBe(Needles.Count(row => row < all));
            }
        }

        acknowledged.ShouldBeGreaterThan(2 * SegmentDocument.Rows);
    }

    // In each segment, at its borders, and behind the last.
    private static readonly int[] Needles = [0, 4_095, 4_096, 6_000, 8_191, 8_192, 12_287, 12_288, Logs - 1];

    private Database Open(string? path = null) => new(path ?? Path, TimeSpan.Zero);

    private async Task<Database> FillAsync(string needle = "needle", string ids = "log")
    {
        Database database = Open();
        await AppendAsync(new LiteDBLogStore(database, new Gate(static () => false)), await TemplateAsync(database), 0, Logs, needle, ids);
        return database;
    }

    private static async Task<Log> TemplateAsync(Database database)
    {
        Placement placement = await new LiteDBProjectStore(database, new Gate(static () => false)).ResolveAsync("w", "p", null);
        return new Log
        {
            Id = "?",
            WorkspaceId = "w",
            ProjectId = placement.Project.Id,
            ProjectName = placement.Project.Name,
            Timestamp = SampleLogs.Noon,
            CreatedAt = SampleLogs.Noon,
            Status = LogStatus.Pass,
            Output = "?",
        };
    }

    private static async Task AppendAsync(LiteDBLogStore logs, Log template, int from, int to, string needle, string ids = "log")
    {
        LogWrite[] writes = [.. Enumerable.Range(from, to - from).Select(i => new LogWrite(
            template with
            {
                Id = $"{ids}-{i}",
                Timestamp = TimeOf(i),
                Output = Needles.Contains(i) ? $"There is a {needle} in stack {i} of hay." : $"There is nothing in stack {i} of hay.",
            },
            []))];
        await logs.AppendManyAsync(writes);
    }

    private static string IdOf(int row) => $"log-{row}";

    private static DateTimeOffset TimeOf(int row) => SampleLogs.Noon.AddSeconds(row);

    private static async Task CompleteAsync(Database database, bool sealedRows = true)
    {
        int segments = sealedRows ? Segments : database.ReadColumns(() => database.Columns.Count) / SegmentDocument.Rows;
        using var giveUp = new CancellationTokenSource(Patience);
        while (database.Outputs.Written < segments)
            await Task.Delay(10, giveUp.Token);
    }

    private static List<int> Candidates(Database database, string text)
    {
        using RowSet rows = database.ReadColumns(() => new RowSet(database.Columns));
        database.Outputs.Keep(rows, text);
        return [.. rows.Rows()];
    }

    private static async Task<(int Total, LogSearch? Search)> FindAsync(Database database, string text)
    {
        LogPage page = await PageAsync(database, new LogQuery("w") { OutputText = text });
        return (page.Total, page.Search);
    }

    private static async Task<LogPage> PageAsync(Database database, LogQuery query) =>
        await new LiteDBLogStore(database, new Gate(static () => false)).ListAsync(query);
}
