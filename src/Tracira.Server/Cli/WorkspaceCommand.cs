using System.CommandLine;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira workspace add|list|remove</c>.</summary>
internal static class WorkspaceCommand
{
    public static Command Create() => new("workspace", "Add, list and remove workspaces") { Add(), List(), Remove() };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "What people call it" };
        var command = new Command("add", "Add a workspace and print its id and token") { name };
        command.RunsOnServer(async (client, parsed, cancellationToken) =>
        {
            CreatedWorkspace workspace = await client.SendAsync(
                HttpMethod.Post,
                "/operator/workspaces",
                new NewWorkspaceBody(parsed.GetValue(name)!),
                ApiJson.Wire.NewWorkspaceBody,
                ApiJson.Wire.CreatedWorkspace,
                cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine($"id     {workspace.Id}");
            Console.Out.WriteLine($"token  {workspace.WebhookToken}");
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the workspaces");
        command.RunsOnServer(static async (client, _, cancellationToken) =>
        {
            foreach (WorkspaceItem workspace in await ReadAsync(client, cancellationToken).ConfigureAwait(false))
                Console.Out.WriteLine($"{workspace.Id,-36}  {workspace.CreatedAt:yyyy-MM-dd}  {workspace.Name}");
        });
        return command;
    }

    private static Command Remove()
    {
        var id = new Argument<string>("id") { Description = "The workspace's id" };
        var yes = new Option<bool>("--yes") { Description = "Do it; nothing of the workspace can be brought back" };
        var command = new Command("remove", "Remove a workspace with everything in it") { id, yes };
        command.RunsOnServer(async (client, parsed, cancellationToken) =>
        {
            IReadOnlyList<WorkspaceItem> workspaces = await ReadAsync(client, cancellationToken).ConfigureAwait(false);
            WorkspaceItem workspace = workspaces.FirstOrDefault(known => known.Id == parsed.GetValue(id))
                ?? throw new CommandException($"There is no workspace {parsed.GetValue(id)}. `tracira workspace list` lists them.");
            if (!parsed.GetValue(yes))
                throw new CommandException($"This removes the workspace {workspace.Name} with all its logs, rules and files for good. Say --yes to do it.");
            await client.DeleteAsync($"/operator/workspaces/{workspace.Id}", ApiJson.Wire.OkAnswer, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine($"The workspace {workspace.Name} is gone.");
        });
        return command;
    }

    private static Task<IReadOnlyList<WorkspaceItem>> ReadAsync(OperatorClient client, CancellationToken cancellationToken) =>
        client.GetAsync("/operator/workspaces", ApiJson.Wire.IReadOnlyListWorkspaceItem, cancellationToken);
}
