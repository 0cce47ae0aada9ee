using System.Diagnostics;
using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>What a power cut may leave in the write-ahead file, sector by sector.</summary>
public sealed class LiteDBCrashTests : IDisposable
{
    private const int Sector = 512;
    private const int Logs = 25;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whichever_sectors_of_a_commit_reach_the_disk_it_is_there_whole_or_not_at_all_and_all_before_it_are_there()
    {
        string path = _folder.File("tracira.db");
        List<byte[]> states = [];
        byte[] data;
        await using (var store = LiteDBStore.Open(path))
        {
            Log template = await SampleLogs.InAsync(store, "p", "?");
            for (int i = 0; i < Logs; i++)
            {
                await store.Logs.AppendAsync(template with { Id = $"log-{i}", Output = new string('x', 400 * i) + "." }, []);
                states.Add(ReadShared(Database.LogPathOf(path)));
            }

            data = ReadShared(path);
        }

        var random = new Random(5);
        for (int i = 0; i + 1 < Logs; i++)
        {
            for (int cut = 0; cut < 3; cut++)
                await RecoversAsync(data, Mix(states[i], states[i + 1], random), acknowledged: i + 1, name: $"cut-{i}-{cut}.db");
        }
    }

    private async Task RecoversAsync(byte[] data, byte[] log, int acknowledged, string name)
    {
        string copy = _folder.File(name);
        await File.WriteAllBytesAsync(copy, data);
        await File.WriteAllBytesAsync(Database.LogPathOf(copy), log);
        for (int opening = 0; opening < 2; opening++)
        {
            await using var recovered = LiteDBStore.Open(copy);
            LogPage page = await recovered.Logs.ListAsync(new LogQuery("w") { Limit = 100 });
            page.Total.ShouldBeInRange(acknowledged, acknowledged + 1);
            page.Logs.Count.ShouldBe(page.Total);
            for (int i = 0; i < page.Total; i++)
                (await recovered.Logs.FindAsync("w", $"log-{i}"))!.Output.Length.ShouldBe((400 * i) + 1);
        }
    }

    // What the disk holds when the power goes in the middle of a commit: of the sectors that the commit changes, any.
    private static byte[] Mix(byte[] before, byte[] after, Random random)
    {
        byte[] mixed = new byte[after.Length];
        before.CopyTo(mixed, 0);
        int share = random.Next(1, 10);
        for (int start = 0; start < after.Length; start += Sector)
        {
            if (random.Next(10) < share)
                after.AsSpan(start, Math.Min(Sector, after.Length - start)).CopyTo(mixed.AsSpan(start));
        }

        return mixed;
    }

    // The store's files are locked against every other opening by .NET; cp does not ask.
    private byte[] ReadShared(string path)
    {
        string copy = _folder.File("shared");
        using (var copying = Process.Start("cp", [path, copy]))
            copying.WaitForExit();
        return File.ReadAllBytes(copy);
    }
}
