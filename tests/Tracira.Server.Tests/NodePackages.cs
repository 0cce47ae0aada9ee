using System.Diagnostics;

namespace Tracira.Server.Tests;

/// <summary>The npm packages of <c>Node/package-lock.json</c>, installed beside the tests at first need.</summary>
internal static class NodePackages
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Node");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    /// <summary>Starts a script of the folder.</summary>
    public static async Task<Process> StartAsync(string script, params string[] arguments)
    {
        await Installed.Value;
        return Start("node", [script, .. arguments]);
    }

    private static async Task InstallAsync()
    {
        var made = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (made.Exists && made.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        using Process npm = Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        Task<string> error = npm.StandardError.ReadToEndAsync();
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed: {await error}");
    }

    private static Process Start(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
