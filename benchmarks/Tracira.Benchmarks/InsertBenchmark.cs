using System.Diagnostics;
using Tracira.Storage.LiteDB;

namespace Tracira.Benchmarks;

/// <summary>Durable inserts a second. Both sides take turns, round by round; the medians are compared.</summary>
internal static class InsertBenchmark
{
    private static readonly int[] Groups = [1, 64, 256];

    public static async Task RunAsync(DirectoryInfo? named, int rounds, double seconds)
    {
        using var folder = new Folder(named);
        await using var store = LiteDBStore.Open(folder.File("tracira.db"));
        using var sqlite = new SqliteLogs(folder.File("sqlite.db"));
        Placement[] places = await SampleLogs.PlacesAsync(store);
        var ours = new SampleLogs(1);
        var theirs = new SampleLogs(2);
        Console.WriteLine($"{"group",6} {"Tracira/s",12} {"SQLite/s",12} {"ratio",7}");
        foreach (int group in Groups)
        {
            List<double> tracira = [];
            List<double> rival = [];
            for (int round = 0; round <= rounds; round++)
            {
                double ourRate = await InsertAsync(store, ours, places, group, seconds);
                double theirRate = Insert(sqlite, theirs, places, group, seconds);
                if (round == 0)
                    continue; // the first one warms both up
                tracira.Add(ourRate);
                rival.Add(theirRate);
            }

            Console.WriteLine($"{group,6} {Median(tracira),12:N0} {Median(rival),12:N0} {Median(tracira) / Median(rival),7:N2}");
        }
    }

    /// <summary>Inserts with so many callers, each waiting for its log to be durable, and tells the rate.</summary>
    public static async Task<double> InsertAsync(LiteDBStore store, SampleLogs logs, Placement[] places, int callers, double seconds)
    {
        long count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                Log log;
                lock (logs)
                    log = logs.Next(places);
                if (await store.Logs.AppendAsync(log, []) is not null)
                    throw new InvalidOperationException("A log was there already.");
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Insert(SqliteLogs sqlite, SampleLogs logs, Placement[] places, int group, double seconds)
    {
        long count = 0;
        var clock = Stopwatch.StartNew();
        Log[] batch = new Log[group];
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            for (int i = 0; i < group; i++)
                batch[i] = logs.Next(places);
            sqlite.Insert(batch);
            count += group;
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
