using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Rules: list, create, read, change, delete, try out.</summary>
internal sealed class RuleEndpoints(
    RuleCatalog catalog,
    ProjectDirectory projects,
    ITraciraStore store,
    LogPipeline pipeline,
    RateLimits limits,
    AuditLog audit,
    ServerOptions options,
    TimeProvider time)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", List).Requires(Permissions.Read)
            .Describe("listRules", "Rules", "List rules").Returns<IReadOnlyList<RuleItem>>(200).Fails(401, 403);
        api.MapPost("/rules", Create)
            .Requires(Permissions.Manage)
            .Describe("createRule", "Rules", "Create a rule")
            .Takes<RuleBody>()
            .Returns<RuleItem>(201)
            .Fails(400, 401, 403, 413, 415, 503);
        api.MapGet("/rules/{id}", Get).Requires(Permissions.Read)
            .Describe("getRule", "Rules", "Get a single rule").TakesId().Returns<RuleItem>(200).Fails(401, 403, 404);
        api.MapPatch("/rules/{id}", Update)
            .Requires(Permissions.Manage)
            .Describe("updateRule", "Rules", "Update a rule")
            .TakesId()
            .Takes<RuleBody>()
            .Returns<OkAnswer>(200)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapDelete("/rules/{id}", Delete).Requires(Permissions.Manage)
            .Describe("deleteRule", "Rules", "Delete a rule").TakesId().Returns<OkAnswer>(200).Fails(401, 403, 404, 503);
        api.MapPost("/rules/evaluate", Evaluate)
            .Requires(Permissions.Manage)
            .Describe("evaluateRule", "Rules", "Evaluate one rule against an output without storing a log")
            .Takes<EvaluateBody>()
            .Returns<EvaluateAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 429, 503);
    }

    private async Task List(HttpContext http)
    {
        IReadOnlyList<Rule> rules = await catalog.ListAsync(WorkspaceOf(http), http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, [.. rules.Select(RuleItem.Of)], ApiJson.Wire.IReadOnlyListRuleItem).ConfigureAwait(false);
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        DateTimeOffset now = time.GetUtcNow();
        Rule rule = RuleReader.Read(fields, new Rule("", default, "")
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Revision = 1,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        });
        rule = await PlaceAsync(WorkspaceOf(http), fields, rule).ConfigureAwait(false);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        await catalog.SaveAsync(WorkspaceOf(http), rule, CancellationToken.None).ConfigureAwait(false);
        await audit.WriteAsync(http, "rule.created", rule.Id, rule.Name, RuleChanges.Of(rule)).ConfigureAwait(false);
        await Answers.Json(http, 201, RuleItem.Of(rule), ApiJson.Wire.RuleItem).ConfigureAwait(false);
    }

    private async Task Get(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is { } rule)
            await Answers.Json(http, 200, RuleItem.Of(rule), ApiJson.Wire.RuleItem).ConfigureAwait(false);
        else
            await Answers.NotFound(http, "rule").ConfigureAwait(false);
    }

    private async Task Update(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        if (await Find(http).ConfigureAwait(false) is not { } known)
        {
            await Answers.NotFound(http, "rule").ConfigureAwait(false);
            return;
        }

        var fields = new FieldReader(body.Root, []);
        Rule rule = RuleReader.Read(fields, known with { Revision = known.Revision + 1 });
        rule = await PlaceAsync(WorkspaceOf(http), fields, rule).ConfigureAwait(false);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (!await catalog.SaveAsync(WorkspaceOf(http), rule, CancellationToken.None).ConfigureAwait(false))
        {
            await Answers.Error(http, 409, "conflict", "Somebody else changed the rule at the same moment. Read it again and repeat.").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "rule.changed", rule.Id, rule.Name, RuleChanges.Between(known, rule)).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        Rule? known = await Find(http).ConfigureAwait(false);
        if (known is null || !await catalog.DeleteAsync(WorkspaceOf(http), known.Id, CancellationToken.None).ConfigureAwait(false))
        {
            await Answers.NotFound(http, "rule").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "rule.deleted", known.Id, known.Name, RuleChanges.Of(known)).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task Evaluate(HttpContext http)
    {
        if (!await limits.TryTakeEvaluationAsync(http, WorkspaceOf(http)).ConfigureAwait(false))
            return;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        var submission = new LogSubmission("evaluate", fields.Required("output")) { Confidence = fields.Number("confidence") };
        Rule? rule = fields.Object("rule") is { } ruleFields ? RuleReader.Read(ruleFields, new Rule("Rule", default, "")) : null;
        FieldError[] errors = [.. fields.Errors, .. submission.Validate()];
        if (errors.Length > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        Log log = await pipeline
            .TryAsync(WorkspaceOf(http), [rule!], submission.Output, submission.Confidence, http.RequestAborted).ConfigureAwait(false);
        string status = WireNames.Status[log.Status];
        var answer = new EvaluateAnswer(status, log.ConfidenceScore, log.Explanation, status, AppliedRuleItem.Of(log));
        await Answers.Json(http, 200, answer, ApiJson.Wire.EvaluateAnswer).ConfigureAwait(false);
    }

    // The project and task a rule names are made where they are missing, but not on behalf of a rule that will be refused.
    private async ValueTask<Rule> PlaceAsync(string workspaceId, FieldReader fields, Rule rule)
    {
        if (fields.Errors.Count > 0 || (rule.ProjectId is null && rule.ProjectName is null))
            return rule;
        string? name = rule.ProjectName;
        if (rule.ProjectId is not null)
        {
            name = (await projects.FindAsync(workspaceId, rule.ProjectId).ConfigureAwait(false))?.Name;
            if (name is null)
            {
                fields.Fault("projectId", "is not the id of a project in this workspace");
                return rule;
            }
        }

        Placement placement = await store.Projects.ResolveAsync(workspaceId, name!, rule.TaskName).ConfigureAwait(false);
        return rule with { ProjectId = placement.Project.Id, ProjectName = placement.Project.Name, TaskName = placement.TaskName };
    }

    private async ValueTask<Rule?> Find(HttpContext http)
    {
        IReadOnlyList<Rule> rules = await catalog.ListAsync(WorkspaceOf(http), http.RequestAborted).ConfigureAwait(false);
        return rules.FirstOrDefault(rule => rule.Id == IdOf(http));
    }

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
