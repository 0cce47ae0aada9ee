using System.CommandLine;
using System.Net.Sockets;
using Tracira.Server.Hosting;

namespace Tracira.Server.Cli;

/// <summary>Runs what a command does, and turns the failures a user can mend into a sentence and an exit code.</summary>
internal static class CommandActions
{
    public const int Failure = 2;

    public static void Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception
                is SettingException or StoreUnavailableException or CommandException or IOException or UnauthorizedAccessException
                or SocketException or HttpRequestException)
            {
                await Console.Error.WriteLineAsync($"tracira: {exception.Message}").ConfigureAwait(false);
                return Failure;
            }
        });
}
