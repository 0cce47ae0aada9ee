using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>What left the house, what waits to, and what could not: list, and try again.</summary>
internal sealed class DeliveryEndpoints(ITraciraStore store, AuditLog audit, TimeProvider time)
{
    private static readonly (string Name, string Description)[] Parameters =
    [
        ("state", "one of " + WireNames.Delivery.All),
        ("logId", "those about one log"),
        ("before", "the id of a delivery: those before it"),
        ("limit", "1 to 100; 50 unless given"),
    ];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/deliveries", List)
            .Requires(Permissions.Read)
            .Describe("listDeliveries", "Deliveries", "List callbacks, webhooks and notifications, newest first")
            .TakesQuery(Parameters)
            .Returns<DeliveryListAnswer>(200)
            .Fails(400, 401, 403);
        api.MapPost("/deliveries/{id}/replay", Replay)
            .Requires(Permissions.Manage)
            .Describe("replayDelivery", "Deliveries", "Send a delivery again, under the same webhook-id")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 503);
    }

    private async Task List(HttpContext http)
    {
        List<FieldError> errors = [];
        var query = new QueryReader(http.Request.Query, errors);
        var wanted = new DeliveryQuery(Caller.Of(http).Workspace.Id)
        {
            State = query.Choice("state", WireNames.Delivery),
            LogId = query.Text("logId"),
            Before = query.Text("before"),
            Limit = query.Whole("limit", 50, 100),
        };
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<Delivery> found = await store.Outbox.ListAsync(wanted with { Limit = wanted.Limit + 1 }, http.RequestAborted).ConfigureAwait(false);
        DeliveryItem[] shown = [.. found.Take(wanted.Limit).Select(DeliveryItem.Of)];
        var answer = new DeliveryListAnswer(shown, found.Count > wanted.Limit ? shown[^1].Id : null);
        await Answers.Json(http, 200, answer, ApiJson.Wire.DeliveryListAnswer).ConfigureAwait(false);
    }

    private async Task Replay(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        string workspaceId = Caller.Of(http).Workspace.Id;
        Delivery? delivery = await store.Outbox.FindAsync(workspaceId, id, http.RequestAborted).ConfigureAwait(false);
        DateTimeOffset now = WholeMilliseconds.Of(time.GetUtcNow());
        if (delivery is null || !await store.Outbox.ReplayAsync(workspaceId, id, now).ConfigureAwait(false))
        {
            await Answers.NotFound(http, "delivery").ConfigureAwait(false);
            return;
        }

        var details = new Dictionary<string, string?> { ["state"] = WireNames.Delivery[delivery.State], ["logId"] = delivery.Message.LogId };
        await audit.WriteAsync(http, "delivery.replayed", id, delivery.Message.Event, details).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }
}
