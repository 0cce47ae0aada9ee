using System.CommandLine;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira token show|rotate</c>.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var show = new Command("show", "Print the token");
        show.RunsInWorkspace(static async (client, _, cancellationToken) =>
            Print(await client.GetAsync("/operator/token", ApiJson.Wire.TokenAnswer, cancellationToken).ConfigureAwait(false)));

        var rotate = new Command("rotate", "Draw a new token; the old one stops working at once");
        rotate.RunsInWorkspace(static async (client, _, cancellationToken) =>
            Print(await client.PostAsync("/operator/token/rotate", ApiJson.Wire.TokenAnswer, cancellationToken).ConfigureAwait(false)));

        return new Command("token", "Show or replace a workspace's webhook token") { show, rotate };
    }

    private static void Print(TokenAnswer answer) => Console.Out.WriteLine(answer.WebhookToken);
}
