using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>Settings: read with usage, change, draw a new webhook secret.</summary>
internal sealed class SettingsEndpoints(
    SettingsDirectory settings, SettingsReader reader, WorkspaceUsage usage, WorkspaceDirectory workspaces, AuditLog audit, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", Get)
            .Requires(Permissions.Read)
            .Describe("getSettings", "Settings", "Get workspace settings and usage")
            .Returns<SettingsAnswer>(200)
            .Fails(401, 403);
        api.MapPatch("/settings", Update)
            .Requires(Permissions.Manage)
            .Describe("updateSettings", "Settings", "Update workspace settings")
            .Takes<SettingsBody>()
            .Returns<OkAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 503);
        api.MapPost("/settings/rotate-webhook-secret", RotateWebhookSecret)
            .Requires(Permissions.Manage)
            .Describe("rotateWebhookSecret", "Settings", "Draw a new secret for signing callbacks and webhooks; the old one signs too for 24 hours")
            .Returns<WebhookSecretAnswer>(200)
            .Fails(401, 403, 503);
    }

    private async Task Get(HttpContext http)
    {
        Caller caller = Caller.Of(http);
        WorkspaceSettings known = await settings.GetAsync(caller.Workspace.Id, http.RequestAborted).ConfigureAwait(false);
        UsageItem used = await usage.MeasureAsync(caller.Workspace.Id, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, SettingsAnswer.Of(caller, known, settings, used), ApiJson.Wire.SettingsAnswer).ConfigureAwait(false);
    }

    private async Task Update(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        Workspace workspace = Caller.Of(http).Workspace;
        var fields = new FieldReader(body.Root, []);
        // These two cannot be cleared: a workspace has a name, and a null that a form sends along must not widen what a token reaches.
        string name = fields.OptionalName("workspaceName") ?? workspace.Name;
        TokenScope scope = fields.Choice("tokenScope", WireNames.Scope, workspace.TokenScope);
        List<string> changed = [];
        await settings.ChangeAsync(workspace.Id, before =>
        {
            changed.Clear();
            WorkspaceSettings after = reader.Read(fields, before, changed);
            return fields.Errors.Count == 0 ? after : before;
        }).ConfigureAwait(false);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (name != workspace.Name)
        {
            await workspaces.RenameAsync(workspace, name).ConfigureAwait(false);
            changed.Add("workspaceName");
        }

        if (scope != workspace.TokenScope)
        {
            await workspaces.SetTokenScopeAsync(workspace, scope).ConfigureAwait(false);
            changed.Add("tokenScope");
        }

        if (changed.Count > 0)
        {
            var details = new Dictionary<string, string?> { ["fields"] = string.Join(", ", changed) };
            await audit.WriteAsync(http, "settings.changed", "", details: details).ConfigureAwait(false);
        }

        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task RotateWebhookSecret(HttpContext http)
    {
        string secret = await settings.RotateWebhookSecretAsync(Caller.Of(http).Workspace.Id).ConfigureAwait(false);
        await audit.WriteAsync(http, "settings.webhook_secret_rotated", "").ConfigureAwait(false);
        await Answers.Json(http, 200, new WebhookSecretAnswer(secret), ApiJson.Wire.WebhookSecretAnswer).ConfigureAwait(false);
    }
}
