using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

/// <summary>Subscriptions to events: list, create, delete.</summary>
internal sealed class SubscriptionEndpoints(SubscriptionDirectory subscriptions, OutboundGuard guard, AuditLog audit, ServerOptions options)
{
    private const int MaxSource = 100;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/subscriptions", List)
            .Requires(Permissions.Read)
            .Describe("listSubscriptions", "Subscriptions", "List subscriptions")
            .Returns<SubscriptionListAnswer>(200)
            .Fails(401, 403);
        api.MapPost("/subscriptions", Create)
            .Requires(Permissions.Manage)
            .Describe("createSubscription", "Subscriptions", "Subscribe an address to events of logs")
            .Takes<SubscriptionBody>()
            .Returns<Subscription>(200, 201)
            .Fails(400, 401, 403, 409, 413, 415, 503);
        api.MapDelete("/subscriptions/{id}", Delete)
            .Requires(Permissions.Manage)
            .Describe("deleteSubscription", "Subscriptions", "Delete a subscription")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 503);
    }

    private async Task List(HttpContext http)
    {
        IReadOnlyList<Subscription> all = await subscriptions.ListAsync(WorkspaceOf(http), http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, new SubscriptionListAnswer(all), ApiJson.Wire.SubscriptionListAnswer).ConfigureAwait(false);
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string? url = fields.Url("url");
        if (url is null)
            fields.Fault("url", "is required");
        fields.CheckAddress("url", guard);
        string[] events = [.. fields.Texts("events").Distinct().Order(StringComparer.Ordinal)];
        if (events.Length == 0 || events.Any(static name => !LogEventNames.All.TryParse(name, out _)))
            fields.Fault("events", $"must hold some of {LogEventNames.All.All}");
        string source = fields.Text("source", MaxSource) ?? "api";
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        (Subscription? subscription, bool isNew) = await subscriptions.AddAsync(WorkspaceOf(http), url!, events, source).ConfigureAwait(false);
        if (subscription is null)
        {
            await Answers.Error(
                http, 409, "conflict", $"The workspace has {SubscriptionDirectory.Max} subscriptions already. Delete one first.").ConfigureAwait(false);
            return;
        }

        if (isNew)
            await audit.WriteAsync(http, "subscription.created", subscription.Id, url, Describe(subscription)).ConfigureAwait(false);
        await Answers.Json(http, isNew ? 201 : 200, subscription, ApiJson.Wire.Subscription).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        if (await subscriptions.RemoveAsync(WorkspaceOf(http), id).ConfigureAwait(false) is not { } removed)
        {
            await Answers.NotFound(http, "subscription").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "subscription.deleted", id, removed.Url, Describe(removed)).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private static Dictionary<string, string?> Describe(Subscription subscription) =>
        new() { ["events"] = string.Join(", ", subscription.Events), ["source"] = subscription.Source };

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;
}
