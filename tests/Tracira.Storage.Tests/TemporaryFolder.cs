using System.Diagnostics;
using Tracira.Storage.LiteDB;

namespace Tracira.Storage.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    /// <summary>Copies the files of a store that is open: what is on disk at this moment, as a power cut would leave it.</summary>
    /// <remarks>
    /// Two files are not copied in one moment as a power cut takes them: a copy that a checkpoint came between, which the first bytes of the
    /// write-ahead file tell, is made again.
    /// </remarks>
    public void CopyStore(string from, string to)
    {
        string log = Database.LogPathOf(to);
        string later = File("later");
        do
        {
            Copy(Database.LogPathOf(from), log);
            Copy(from, to);
            Copy(Database.LogPathOf(from), later);
        }
        while (!EpochOf(log).SequenceEqual(EpochOf(later)));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    // By another program, as .NET would respect the lock on the file.
    private static void Copy(string from, string to)
    {
        using var copying = Process.Start("cp", [from, to]);
        copying.WaitForExit();
    }

    private static byte[] EpochOf(string log)
    {
        using FileStream file = System.IO.File.OpenRead(log);
        byte[] epoch = new byte[sizeof(long)];
        file.ReadExactly(epoch);
        return epoch;
    }
}
