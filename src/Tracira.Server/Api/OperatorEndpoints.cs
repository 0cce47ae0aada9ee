using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>What the command line needs beyond the contract. Reached only through the data folder's own socket.</summary>
internal sealed class OperatorEndpoints(WorkspaceDirectory workspaces)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/operator/token", Show).Requires(Permissions.All).ExcludeFromDescription();
        routes.MapPost("/operator/token/rotate", Rotate).Requires(Permissions.All).ExcludeFromDescription();
    }

    private static Task Show(HttpContext http) => Answer(http, Caller.Of(http).Workspace);

    private async Task Rotate(HttpContext http) =>
        await Answer(http, await workspaces.RotateTokenAsync(Caller.Of(http).Workspace).ConfigureAwait(false)).ConfigureAwait(false);

    private static Task Answer(HttpContext http, Workspace workspace) =>
        Answers.Json(http, 200, new TokenAnswer(workspace.WebhookToken), ApiJson.Wire.TokenAnswer);
}
