using System.CommandLine;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira token show|rotate</c>.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var command = new Command("token", "Show or replace the workspace's webhook token");
        var show = new Command("show", "Print the token");
        var showSettings = new SettingOptions(show);
        show.Runs(async (parsed, cancellationToken) =>
        {
            OperatorClient client = await OperatorClient.OpenAsync(showSettings.Read(parsed), cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await PrintAsync(await client.GetAsync("/operator/token", ApiJson.Wire.TokenAnswer, cancellationToken).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }

            return 0;
        });

        var rotate = new Command("rotate", "Draw a new token; the old one stops working at once");
        var rotateSettings = new SettingOptions(rotate);
        rotate.Runs(async (parsed, cancellationToken) =>
        {
            OperatorClient client = await OperatorClient.OpenAsync(rotateSettings.Read(parsed), cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await PrintAsync(await client.PostAsync("/operator/token/rotate", ApiJson.Wire.TokenAnswer, cancellationToken).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }

            return 0;
        });

        command.Add(show);
        command.Add(rotate);
        return command;
    }

    private static Task PrintAsync(TokenAnswer answer) => Console.Out.WriteLineAsync(answer.WebhookToken);
}
