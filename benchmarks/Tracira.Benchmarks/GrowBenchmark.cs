using Tracira.Storage.LiteDB;

namespace Tracira.Benchmarks;

/// <summary>Whether a folder that has been in use for long takes logs as fast as a new one.</summary>
internal static class GrowBenchmark
{
    private const int Callers = 256;

    public static async Task RunAsync(DirectoryInfo? named, double gigabytes, double seconds)
    {
        using var folder = new Folder(named);
        List<double> empty = [];
        List<double> full = [];
        string path = folder.File("tracira.db");
        await using var store = LiteDBStore.Open(path);
        Placement[] places = await SampleLogs.PlacesAsync(store);
        var logs = new SampleLogs(1);
        while (new FileInfo(path).Length < gigabytes * 1e9)
            await InsertBenchmark.InsertAsync(store, logs, places, Callers, 5);

        for (int round = 0; round < 5; round++)
        {
            string fresh = folder.File($"empty-{round}.db");
            await using (var other = LiteDBStore.Open(fresh))
                empty.Add(await InsertBenchmark.InsertAsync(other, new SampleLogs(2), await SampleLogs.PlacesAsync(other), Callers, seconds));
            full.Add(await InsertBenchmark.InsertAsync(store, logs, places, Callers, seconds));
        }

        int total = (await store.Logs.ListAsync(new LogQuery("default"))).Total;
        Console.WriteLine($"{"",24} {"logs/s",10}");
        Console.WriteLine($"{"into an empty folder",24} {InsertBenchmark.Median(empty),10:N0}");
        Console.WriteLine($"{$"into {gigabytes} GB, {total:N0} logs",24} {InsertBenchmark.Median(full),10:N0}");
        Console.WriteLine($"ratio {InsertBenchmark.Median(full) / InsertBenchmark.Median(empty):N2}, memory {Environment.WorkingSet / 1e6:N0} MB");
    }
}
