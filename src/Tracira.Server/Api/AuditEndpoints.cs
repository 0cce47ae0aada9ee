using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>Who changed what.</summary>
internal sealed class AuditEndpoints(AuditLog audit)
{
    private static readonly (string Name, string Description)[] Parameters =
    [
        ("action", "what the entries' actions begin with, such as rule. or rule.deleted"),
        ("subjectId", "the id of what was changed"),
        ("before", "the id of an entry: those before it"),
        ("limit", "1 to 100; 50 unless given"),
    ];

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", List)
            .Requires(Permissions.Administer)
            .Describe("listAudit", "Audit", "List who changed what, newest first")
            .TakesQuery(Parameters)
            .Returns<AuditAnswer>(200)
            .Fails(400, 401, 403);

    private async Task List(HttpContext http)
    {
        List<FieldError> errors = [];
        var query = new QueryReader(http.Request.Query, errors);
        var wanted = new AuditQuery(query.Text("action"), query.Text("subjectId"), query.Text("before"), query.Whole("limit", 50, 100));
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        (IReadOnlyList<AuditEntry> entries, string? next) = await audit
            .ListAsync(Caller.Of(http).Workspace.Id, wanted, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, new AuditAnswer(entries, next), ApiJson.Wire.AuditAnswer).ConfigureAwait(false);
    }
}

/// <summary>Some of a workspace's audit entries, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Where there are more: what to ask for with <c>before</c>.</param>
internal sealed record AuditAnswer(IReadOnlyList<AuditEntry> Entries, string? Next);
