using System.Globalization;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>API keys: create, list, revoke.</summary>
internal sealed class KeyEndpoints(ApiKeys keys, AuditLog audit, ServerOptions options, TimeProvider time)
{
    private const int MaxName = 200;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/keys", Create)
            .Requires(Permissions.Administer)
            .Describe("createKey", "Keys", "Create an API key; the answer is the only place where it is shown")
            .Takes<KeyBody>()
            .Returns<CreatedKey>(201)
            .Fails(400, 401, 403, 413, 415, 503);
        api.MapGet("/keys", List)
            .Requires(Permissions.Administer)
            .Describe("listKeys", "Keys", "List API keys")
            .Returns<IReadOnlyList<KeyItem>>(200)
            .Fails(401, 403);
        api.MapDelete("/keys/{id}", Revoke)
            .Requires(Permissions.Administer)
            .Describe("revokeKey", "Keys", "Revoke an API key")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 503);
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string name = fields.Required("name").Trim();
        string[] scopes = [.. fields.Texts("scopes").Distinct()];
        DateTimeOffset? expiresAt = fields.Time("expiresAt");
        if (name.Length is 0 or > MaxName)
            fields.Fault("name", $"must have 1 to {MaxName} characters");
        if (scopes.Length == 0 || !scopes.All(KeyScopes.IsKnown))
            fields.Fault("scopes", $"must be an array of one or more of {KeyScopes.All}");
        if (expiresAt <= time.GetUtcNow())
            fields.Fault("expiresAt", "must be in the future");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        Caller caller = Caller.Of(http);
        if ((KeyScopes.PermissionsOf(scopes) & ~caller.Permissions) is not Permissions.None and var beyond)
        {
            await Answers.Error(
                http,
                StatusCodes.Status403Forbidden,
                "forbidden",
                $"A key cannot reach further than whoever makes it, and {beyond} is beyond this credential.").ConfigureAwait(false);
            return;
        }

        (ApiKey key, string secret) = await keys.CreateAsync(caller.Workspace.Id, name, scopes, expiresAt).ConfigureAwait(false);
        var details = new Dictionary<string, string?>
        {
            ["scopes"] = string.Join(", ", scopes),
            ["expiresAt"] = expiresAt?.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture),
        };
        await audit.WriteAsync(http, "key.created", key.Id, key.Name, details).ConfigureAwait(false);
        var answer = new CreatedKey(key.Id, key.Name, key.Scopes, secret, key.CreatedAt, key.ExpiresAt);
        await Answers.Json(http, 201, answer, ApiJson.Wire.CreatedKey).ConfigureAwait(false);
    }

    private Task List(HttpContext http) =>
        Answers.Json(http, 200, [.. keys.List(Caller.Of(http).Workspace.Id).Select(KeyItem.Of)], ApiJson.Wire.IReadOnlyListKeyItem);

    private async Task Revoke(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        if (await keys.RevokeAsync(Caller.Of(http).Workspace.Id, id).ConfigureAwait(false) is not { } key)
        {
            await Answers.NotFound(http, "key").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "key.revoked", key.Id, key.Name).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }
}
