using System.CommandLine;

namespace Tracira.Server.Cli;

/// <summary>Gives a command the server that has the data folder open.</summary>
internal static class OperatorCommands
{
    /// <summary>Lets a command that is about the server as a whole run with a client of it.</summary>
    public static void RunsOnServer(this Command command, Func<OperatorClient, ParseResult, CancellationToken, Task> action) =>
        Runs(command, workspace: null, action);

    /// <summary>Lets a command that is about one workspace run with a client for that workspace.</summary>
    public static void RunsInWorkspace(this Command command, Func<OperatorClient, ParseResult, CancellationToken, Task> action)
    {
        var workspace = new Option<string?>("--workspace")
        {
            Description = "The workspace's id, as `tracira workspace list` tells it [default: the first workspace]",
            HelpName = "ID",
        };
        command.Add(workspace);
        Runs(command, workspace, action);
    }

    private static void Runs(Command command, Option<string?>? workspace, Func<OperatorClient, ParseResult, CancellationToken, Task> action)
    {
        var settings = new SettingOptions(command);
        command.Runs(async (parsed, cancellationToken) =>
        {
            string? workspaceId = workspace is null ? null : parsed.GetValue(workspace);
            OperatorClient client = await OperatorClient.OpenAsync(settings.Read(parsed), workspaceId, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await action(client, parsed, cancellationToken).ConfigureAwait(false);
            }

            return 0;
        });
    }
}
