using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>What the command line needs beyond the contract. Reached only through the data folder's own socket.</summary>
internal sealed class OperatorEndpoints(WorkspaceDirectory workspaces, AuditLog audit, ServerOptions options)
{
    private const int MaxName = 200;

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/operator").Requires(Permissions.All).ExcludeFromDescription();
        group.MapGet("/token", ShowToken);
        group.MapPost("/token/rotate", RotateToken);
        group.MapGet("/workspaces", ListWorkspaces);
        group.MapPost("/workspaces", AddWorkspace);
        group.MapDelete("/workspaces/{id}", RemoveWorkspace);
    }

    private static Task ShowToken(HttpContext http) => AnswerToken(http, Caller.Of(http).Workspace);

    private async Task RotateToken(HttpContext http)
    {
        Workspace workspace = await workspaces.RotateTokenAsync(Caller.Of(http).Workspace).ConfigureAwait(false);
        await audit.WriteAsync(http, "token.rotated", workspace.Id, workspace.Name).ConfigureAwait(false);
        await AnswerToken(http, workspace).ConfigureAwait(false);
    }

    private Task ListWorkspaces(HttpContext http) => Answers.Json(
        http,
        200,
        [.. workspaces.All.Select(static workspace => new WorkspaceItem(workspace.Id, workspace.Name, workspace.CreatedAt))],
        ApiJson.Wire.IReadOnlyListWorkspaceItem);

    private async Task AddWorkspace(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string name = fields.Required("name").Trim();
        if (name.Length is 0 or > MaxName)
            fields.Fault("name", $"must have 1 to {MaxName} characters");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        Workspace workspace = await workspaces.AddAsync(name).ConfigureAwait(false);
        await audit.WriteAsync(http, "workspace.added", workspace.Id, workspace.Name).ConfigureAwait(false);
        var answer = new CreatedWorkspace(workspace.Id, workspace.Name, workspace.WebhookToken);
        await Answers.Json(http, 201, answer, ApiJson.Wire.CreatedWorkspace).ConfigureAwait(false);
    }

    private async Task RemoveWorkspace(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        if (id == Workspace.DefaultId)
        {
            await Answers.Error(http, StatusCodes.Status409Conflict, "conflict", "The default workspace cannot be removed.").ConfigureAwait(false);
            return;
        }

        if (workspaces.FindById(id) is not { } workspace || !await workspaces.RemoveAsync(workspace).ConfigureAwait(false))
        {
            await Answers.Error(http, StatusCodes.Status404NotFound, "not_found", $"There is no workspace {id}.").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "workspace.removed", workspace.Id, workspace.Name).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private static Task AnswerToken(HttpContext http, Workspace workspace) =>
        Answers.Json(http, 200, new TokenAnswer(workspace.WebhookToken), ApiJson.Wire.TokenAnswer);
}
