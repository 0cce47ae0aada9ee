using System.Diagnostics;

namespace Tracira.Server.Tests;

/// <summary>The published executable.</summary>
internal static class Binary
{
    private static readonly string Path = Find();

    /// <summary>Starts a command.</summary>
    public static Process Start(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = System.IO.Path.GetTempPath(),
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        using Process process = Start(arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("TRACIRA_BINARY") is { Length: > 0 } named)
            return named;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string published = System.IO.Path.Combine(folder.FullName, "artifacts", "publish", "tracira");
            if (File.Exists(published))
                return published;
        }

        throw new InvalidOperationException("There is no published executable. Run eng/publish.sh, or eng/test.sh, which does.");
    }
}
