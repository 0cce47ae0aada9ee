using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>The rotation of the webhook token.</summary>
internal sealed class TokenEndpoints(WorkspaceDirectory workspaces, RateLimits limits, AuditLog audit)
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/settings/rotate-token", Rotate)
            .Requires(Permissions.Manage)
            .Describe("rotateToken", "Settings", "Draw a new webhook token; the old one is dead with the answer")
            .Returns<TokenAnswer>(200)
            .Fails(401, 403, 429, 503);

    private async Task Rotate(HttpContext http)
    {
        Workspace workspace = Caller.Of(http).Workspace;
        if (!await limits.TryTakeRotationAsync(http, workspace.Id).ConfigureAwait(false))
            return;
        workspace = await workspaces.RotateTokenAsync(workspace).ConfigureAwait(false);
        await audit.WriteAsync(http, "token.rotated", workspace.Id, workspace.Name).ConfigureAwait(false);
        await Answers.Json(http, 200, new TokenAnswer(workspace.WebhookToken), ApiJson.Wire.TokenAnswer).ConfigureAwait(false);
    }
}
