using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>What people do with logs: decide on one or many, report a problem.</summary>
internal sealed class ReviewEndpoints(LogReviews reviews, ITraciraStore store, MediaKeeper media, AuditLog audit, ServerOptions options, TimeProvider time)
{
    private const int MaxIds = 1_000;
    private const int MaxReason = 2_000;
    private const string Approve = "approve";
    private const string Reject = "reject";
    private const string Delete = "delete";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPatch("/logs/{id}/decision", Decide)
            .Requires(Permissions.Review)
            .Describe("setDecision", "Logs", "Approve or reject a log")
            .TakesId()
            .Takes<DecisionBody>()
            .Returns<DecisionAnswer>(200)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapPatch("/logs/{id}/status", Flag)
            .Requires(Permissions.Review)
            .Describe("flagLog", "Logs", "Report a problem with a log")
            .TakesId()
            .Takes<FlagBody>()
            .Returns<FlagAnswer>(200)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapPatch("/logs/bulk", Bulk)
            .Requires(Permissions.Review)
            .Describe("bulkLogs", "Logs", "Approve, reject or delete many logs")
            .Takes<BulkBody>()
            .Returns<BulkAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 503);
    }

    private async Task Decide(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        if (!WireNames.Decision.TryParse(fields.Required("decision"), out DecisionKind kind) && fields.Errors.Count == 0)
            fields.Fault("decision", $"must be one of {WireNames.Decision.All}");
        Decision decision = DecisionOf(http, kind) with
        {
            Note = fields.FilledText("note"),
            Comment = fields.FilledText("comment"),
            CorrectedOutput = fields.FilledText("correctedOutput"),
        };
        if (fields.Errors.Count > 0 || decision.Validate().Count > 0)
        {
            await Answers.Invalid(http, [.. fields.Errors, .. decision.Validate()]).ConfigureAwait(false);
            return;
        }

        // Like a log, a decision is not taken back by a client that hangs up.
        ReviewResult result = (await reviews.DecideAsync(WorkspaceOf(http), [IdOf(http)], decision).ConfigureAwait(false))[0];
        if (result.Outcome == ReviewOutcome.Done)
            await audit.WriteAsync(http, "log.decided", IdOf(http), details: Details("decision", WireNames.Decision[kind])).ConfigureAwait(false);
        await (result.Outcome is ReviewOutcome.Done or ReviewOutcome.Repeated
            ? Answers.Json(http, 200, new DecisionAnswer(true, result.Log!.Decision!.By), ApiJson.Wire.DecisionAnswer)
            : Refuse(http, result)).ConfigureAwait(false);
    }

    private async Task Flag(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        if (fields.Required("status") != WireNames.Status[LogStatus.Flagged])
            fields.Fault("status", "must be flagged: the other statuses come from rules only");
        string? reason = fields.Text("reason", MaxReason);
        string? by = fields.FilledText("flaggedBy");
        if (by is not (null or "end_user" or "api"))
            fields.Fault("flaggedBy", "must be end_user or api");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        var flag = new LogFlag(time.GetUtcNow(), by ?? (IsPerson(http) ? Caller.Of(http).Name : "end_user"), reason);
        ReviewResult result = await reviews.FlagAsync(WorkspaceOf(http), IdOf(http), flag).ConfigureAwait(false);
        if (result.Outcome == ReviewOutcome.Done)
            await audit.WriteAsync(http, "log.flagged", IdOf(http), details: Details("flaggedBy", flag.By)).ConfigureAwait(false);
        await (result.Outcome == ReviewOutcome.Done
            ? Answers.Json(http, 200, new FlagAnswer(true, IdOf(http), WireNames.Status[LogStatus.Flagged]), ApiJson.Wire.FlagAnswer)
            : Refuse(http, result)).ConfigureAwait(false);
    }

    private async Task Bulk(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        IReadOnlyList<string> ids = fields.Texts("ids");
        if (ids.Count is 0 or > MaxIds)
            fields.Fault("ids", $"must be an array of 1 to {MaxIds:N0} ids");
        string action = fields.Required("action");
        if (action is not (Approve or Reject or Delete))
            fields.Fault("action", $"must be {Approve}, {Reject} or {Delete}");
        if (fields.Errors.Count > 0)
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
        else if (action == Delete && !Caller.Of(http).Permissions.HasFlag(Permissions.Manage))
            await Answers.Error(http, 403, "forbidden", "This credential may review logs, but not delete them.").ConfigureAwait(false);
        else
            await Bulk(http, [.. ids.Distinct()], action).ConfigureAwait(false);
    }

    private async Task Bulk(HttpContext http, string[] ids, string action)
    {
        IReadOnlyList<string> changed;
        if (action == Delete)
        {
            changed = await store.Logs.DeleteManyAsync(WorkspaceOf(http), ids).ConfigureAwait(false);
            await media.RemoveLogMediaAsync(WorkspaceOf(http), changed).ConfigureAwait(false);
        }
        else
        {
            Decision decision = DecisionOf(http, action == Approve ? DecisionKind.Approved : DecisionKind.Rejected);
            IReadOnlyList<ReviewResult> results = await reviews.DecideAsync(WorkspaceOf(http), ids, decision).ConfigureAwait(false);
            changed = [.. ids.Where((_, i) => results[i].Outcome == ReviewOutcome.Done)];
        }

        if (changed.Count > 0)
            await audit.WriteAsync(http, $"logs.{action}", "", details: Details("ids", string.Join(' ', changed))).ConfigureAwait(false);
        await Answers.Json(http, 200, new BulkAnswer(true, changed.Count), ApiJson.Wire.BulkAnswer).ConfigureAwait(false);
    }

    private Decision DecisionOf(HttpContext http, DecisionKind kind) =>
        new(kind, time.GetUtcNow(), Caller.Of(http).Name, IsPerson(http) ? "dashboard" : "api");

    private static Task Refuse(HttpContext http, ReviewResult result) => result.Outcome switch
    {
        ReviewOutcome.NotFound => Answers.NotFound(http, "log"),
        ReviewOutcome.StillEvaluating => Answers.Error(
            http, 409, "still_evaluating", "The log is still being evaluated. Try again when its status is no longer pending."),
        _ => Answers.Error(
            http,
            409,
            "already_decided",
            $"{result.Log!.Decision!.By} has decided on the log already: {WireNames.Decision[result.Log.Decision.Kind]}. The first decision stands."),
    };

    private static Dictionary<string, string?> Details(string name, string value) => new() { [name] = value };

    private static bool IsPerson(HttpContext http) => Caller.Of(http).Kind == CallerKind.User;

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
