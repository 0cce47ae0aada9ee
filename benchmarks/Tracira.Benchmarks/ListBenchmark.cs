using System.Diagnostics;
using Tracira.Storage.LiteDB;

namespace Tracira.Benchmarks;

/// <summary>A page of 50, with the totals of all that match, for every documented filter and sort.</summary>
internal static class ListBenchmark
{
    private const int Repeats = 40;
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(DirectoryInfo? named, int[] sizes)
    {
        using var folder = new Folder(named);
        var medians = new Dictionary<string, List<double>>();
        var worst = new Dictionary<string, double>();
        foreach (int size in sizes)
        {
            string sub = Path.Combine(folder.Path, $"{size}");
            await FillAsync(sub, size);
            var opening = Stopwatch.StartNew();
            await using var store = LiteDBStore.Open(Path.Combine(sub, "tracira.db"));
            Console.WriteLine($"{size:N0} logs opened in {opening.Elapsed.TotalMilliseconds:N0} ms");
            int pages = 0;
            for (int i = 0; i < Repeats; i++) // warms up: the first size must not pay for the compiler
                await store.Logs.ListAsync(new LogQuery("default") { Descending = i % 2 == 0, Sort = (LogSort)(i % 6) });
            foreach ((string name, LogQuery query) in Queries(size))
            {
                List<double> times = [];
                for (int i = 0; i < Repeats; i++)
                {
                    long start = Stopwatch.GetTimestamp();
                    await store.Logs.ListAsync(query);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    pages++;
                }

                if (!medians.TryGetValue(name, out List<double>? known))
                    medians[name] = known = [];
                known.Add(InsertBenchmark.Median(times));
                worst[name] = times.Order().ElementAt(Repeats * 95 / 100);
            }

            Console.WriteLine($"{pages:N0} pages read; memory {Environment.WorkingSet / 1e6:N0} MB");
        }

        Console.WriteLine($"{"page of 50",-34} {string.Join(' ', sizes.Select(static size => $"{size,10:N0}"))} {"ratio",7} {"p95",8}");
        foreach ((string name, List<double> times) in medians)
            Console.WriteLine($"{name,-34} {string.Join(' ', times.Select(static time => $"{time,7:N2} ms"))} {times[^1] / times[0],7:N2} {worst[name],5:N2} ms");
    }

    /// <summary>Fills a folder up to a number of logs.</summary>
    public static async Task FillAsync(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        await using var store = LiteDBStore.Open(Path.Combine(folder, "tracira.db"));
        Placement[] places = await SampleLogs.PlacesAsync(store);
        int there = (await store.Logs.ListAsync(new LogQuery("default"))).Total;
        var logs = new SampleLogs(count);
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(there, count, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (_, token) =>
        {
            Log log;
            lock (logs)
                log = logs.Next(places);
            await store.Logs.AppendAsync(log, [], token);
        });
        if (count > there)
            Console.WriteLine($"{count - there:N0} logs written at {(count - there) / clock.Elapsed.TotalSeconds:N0}/s; memory {Environment.WorkingSet / 1e6:N0} MB");
    }

    private static IEnumerable<(string Name, LogQuery Query)> Queries(int size)
    {
        var all = new LogQuery("default");
        yield return ("no filter", all);
        yield return ("pending", all with { AwaitingReview = true });
        yield return ("status", all with { Status = LogStatus.Flagged });
        yield return ("project", all with { Project = "project-3" });
        yield return ("task", all with { Task = "task-5" });
        yield return ("sessionId", all with { SessionId = "session-77" });
        yield return ("subjectId", all with { SubjectId = SampleLogs.FrequentCustomer });
        yield return ("actorId", all with { ActorId = "agent-7" });
        yield return ("q, a model", all with { Text = "sonnet" });
        yield return ("q, a session", all with { Text = "session-77" });
        yield return ("q, nothing", all with { Text = "zzz" });
        yield return ("tags", all with { Tags = ["vip"] });
        yield return ("two tags", all with { Tags = ["email", "us"] });
        yield return ("from and to", all with { From = Day.AddHours(2), To = Day.AddHours(14) });
        yield return ("project + status + time", all with { Project = "project-3", Status = LogStatus.Flagged, From = Day.AddHours(1), To = Day.AddSeconds(size * 6L) });
        yield return ("text, in no output", all with { OutputText = "xylophone" });
        yield return ("text, in one output in 5,000", all with { OutputText = SampleLogs.RareWord });
        yield return ("text, in every output", all with { OutputText = "warehouse" });
        foreach (LogSort sort in Enum.GetValues<LogSort>())
        {
            yield return ($"by {sort}", all with { Sort = sort });
            yield return ($"by {sort}, ascending", all with { Sort = sort, Descending = false });
        }

        yield return ("project, by LatencyMs", all with { Project = "project-3", Sort = LogSort.LatencyMs });
        yield return ("page 20", all with { Offset = 950 });
        yield return ("the page in the middle", all with { Offset = size / 2 });
        yield return ("the page in the middle, by CostUsd", all with { Offset = size / 2, Sort = LogSort.CostUsd });
    }
}
