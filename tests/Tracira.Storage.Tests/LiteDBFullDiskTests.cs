using System.Runtime.InteropServices;
using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>Runs alone: the limit that stands for a full disk holds for every file of the process.</summary>
[CollectionDefinition(nameof(FullDisk), DisableParallelization = true)]
public sealed class FullDisk;

[Collection(nameof(FullDisk))]
public sealed class LiteDBFullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_turns_writes_away_and_loses_nothing_that_was_acknowledged()
    {
        if (OperatingSystem.IsWindows())
            return; // Windows has no limit on the size of a file that a process can set for itself

        string path = _folder.File("tracira.db");
        int acknowledged = 0;
        await using (var store = LiteDBStore.Open(path))
        {
            Log template = await SampleLogs.InAsync(store, "p", "?") with { Output = new string('x', 20_000) };
            for (; acknowledged < 20; acknowledged++)
                await store.Logs.AppendAsync(template with { Id = $"log-{acknowledged}" }, []);
            using (FileSizeLimit.Set(new FileInfo(Database.LogPathOf(path)).Length + 100_000))
            {
                await Should.ThrowAsync<StoreUnavailableException>(async () =>
                {
                    for (; acknowledged < 1_000; acknowledged++)
                        await store.Logs.AppendAsync(template with { Id = $"log-{acknowledged}" }, []);
                });
                (await store.Logs.FindAsync("w", $"log-{acknowledged}")).ShouldBeNull();
                (await store.Logs.ListAsync(new LogQuery("w"))).Total.ShouldBe(acknowledged);
                await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Logs.AppendAsync(template with { Id = "later" }, []));
            }
        }

        // LiteDB's finalizer of the transaction that failed would end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        await using var reopened = LiteDBStore.Open(path);
        for (int i = 0; i < acknowledged; i++)
            (await reopened.Logs.FindAsync("w", $"log-{i}")).ShouldNotBeNull();
        (await reopened.Logs.FindAsync("w", "later")).ShouldBeNull();
        await SampleLogs.AddAsync(reopened, "p", "after the disk has room again".Replace(' ', '.'));
    }

    /// <summary>The largest file this process may write: the kernel fails a longer one as it fails one on a full disk.</summary>
    private sealed class FileSizeLimit : IDisposable
    {
        private const int FileSize = 1; // RLIMIT_FSIZE on Linux and macOS
        private const PosixSignal TooLarge = (PosixSignal)25; // SIGXFSZ, which would end the process

        private readonly PosixSignalRegistration _survival = PosixSignalRegistration.Create(TooLarge, static context => context.Cancel = true);

        public static FileSizeLimit Set(long bytes)
        {
            var limit = new FileSizeLimit();
            Apply((ulong)bytes);
            return limit;
        }

        public void Dispose()
        {
            Apply(Unlimited);
            _survival.Dispose();
        }

        private const ulong Unlimited = ulong.MaxValue;

        private static void Apply(ulong bytes)
        {
            var limits = new Limits { Current = bytes, Max = Unlimited };
            if (SetLimit(FileSize, ref limits) != 0)
                throw new InvalidOperationException("The file size limit cannot be set.");
        }

        [DllImport("libc", EntryPoint = "setrlimit")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int SetLimit(int resource, ref Limits limits);

        private struct Limits
        {
            public ulong Current;
            public ulong Max;
        }
    }
}
