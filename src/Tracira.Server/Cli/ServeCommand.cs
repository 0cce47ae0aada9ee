using System.CommandLine;
using Tracira.Server.Hosting;

namespace Tracira.Server.Cli;

/// <summary><c>tracira serve</c>: the server itself.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Start the server");
        var settings = new SettingOptions(command);
        settings.AddText(command, "--urls", "Urls", "URLS", $"Where to listen, separated by semicolons [default: {ServerOptions.DefaultUrls}]");
        settings.AddSwitch(command, "--demo", "Demo", "Fill a new data folder with sample rules and logs");
        command.Runs(async (parsed, cancellationToken) =>
        {
            WebApplication server = await TraciraServer
                .StartAsync(settings.Read(parsed), Console.Out, cancellationToken).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await server.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            }

            return 0;
        });
        return command;
    }
}
