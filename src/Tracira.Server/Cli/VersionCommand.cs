using System.CommandLine;
using System.Runtime.InteropServices;
using Tracira.Server.Hosting;

namespace Tracira.Server.Cli;

/// <summary><c>tracira version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Print the version");
        command.SetAction(static _ => Console.Out.WriteLine(
            $"tracira {ProductVersion.Current} ({RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription})"));
        return command;
    }
}
