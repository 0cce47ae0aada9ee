using System.CommandLine;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira deliveries list|replay</c>.</summary>
internal static class DeliveriesCommand
{
    private const int PageSize = 100;

    public static Command Create() => new("deliveries", "Look at callbacks, webhooks and notifications, and send them again") { List(), Replay() };

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "Only those of this state", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. WireNames.Delivery.Names]);
        var log = new Option<string?>("--log") { Description = "Only those about this log", HelpName = "ID" };
        var limit = new Option<int>("--limit") { Description = "How many at most", HelpName = "COUNT", DefaultValueFactory = static _ => 50 };
        var command = new Command("list", "List deliveries, newest first") { state, log, limit };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            int left = parsed.GetValue(limit);
            await foreach (DeliveryItem item in ReadAsync(client, parsed.GetValue(state), parsed.GetValue(log), cancellationToken).ConfigureAwait(false))
            {
                if (left-- <= 0)
                    break;
                string url = item.Url.Split('?')[0]; // what follows often is a secret
                string error = item.Error is null ? "" : $"  {item.Error}";
                Console.Out.WriteLine($"{item.Id}  {item.CreatedAt:yyyy-MM-dd HH:mm:ss}  {item.State,-9}  {item.Attempts,2}  {item.Event}  {item.LogId}  {url}{error}");
            }
        });
        return command;
    }

    private static Command Replay()
    {
        var ids = new Argument<string[]>("id") { Description = "Deliveries to send again", Arity = ArgumentArity.ZeroOrMore };
        var dead = new Option<bool>("--dead") { Description = "All that are dead" };
        var command = new Command("replay", "Send deliveries again, under the same webhook-id") { ids, dead };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            List<string> wanted = [.. parsed.GetValue(ids) ?? []];
            if (wanted.Count == 0 && !parsed.GetValue(dead))
                throw new CommandException("Name the deliveries to send again, or say --dead for all that are dead.");
            if (parsed.GetValue(dead))
            {
                await foreach (DeliveryItem item in ReadAsync(client, "dead", null, cancellationToken).ConfigureAwait(false))
                    wanted.Add(item.Id);
            }

            foreach (string id in wanted)
                await client.PostAsync($"/api/deliveries/{Uri.EscapeDataString(id)}/replay", ApiJson.Wire.OkAnswer, cancellationToken).ConfigureAwait(false);
            Console.Out.WriteLine(wanted.Count == 1 ? "1 delivery is sent again." : $"{wanted.Count} deliveries are sent again.");
        });
        return command;
    }

    private static async IAsyncEnumerable<DeliveryItem> ReadAsync(
        OperatorClient client, string? state, string? log, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string filter = $"limit={PageSize}&state={state}&logId={Uri.EscapeDataString(log ?? "")}";
        string? before = "";
        do
        {
            DeliveryListAnswer page = await client.GetAsync(
                $"/api/deliveries?{filter}&before={Uri.EscapeDataString(before)}", ApiJson.Wire.DeliveryListAnswer, cancellationToken).ConfigureAwait(false);
            foreach (DeliveryItem item in page.Deliveries)
                yield return item;
            before = page.Next;
        }
        while (before is not null);
    }
}
