using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Hosting;

/// <summary>What lies where in the data folder.</summary>
internal static class DataFolder
{
    // The longest path a Unix domain socket can have on the systems we run on is 104 bytes.
    private const int MaxSocketPath = 100;

    /// <summary>Makes the folder, readable by its owner only: it holds tokens and customers' words.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The database file.</summary>
    public static string Database(string folder) => Path.Combine(folder, "tracira.db");

    /// <summary>The socket through which the command line reaches a server that has the folder open.</summary>
    public static string Socket(string folder)
    {
        string path = Path.Combine(folder, "tracira.sock");
        if (Encoding.UTF8.GetByteCount(path) <= MaxSocketPath)
            return path;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        return Path.Combine(Path.GetTempPath(), $"tracira-{digest}.sock");
    }
}
