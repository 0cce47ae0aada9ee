namespace Tracira.Server.Auth;

/// <summary>Who makes a request, once that is known.</summary>
/// <param name="Workspace">The workspace the request is about.</param>
/// <param name="Kind">How the caller proved who it is.</param>
/// <param name="Id">The user's or key's id; empty where there is but one of the kind.</param>
/// <param name="Name">The name that colleagues know the caller by: it goes into decisions and the audit log.</param>
/// <param name="Permissions">What the caller may do.</param>
internal sealed record Caller(Workspace Workspace, CallerKind Kind, string Id, string Name, Permissions Permissions)
{
    public static Caller OfToken(Workspace workspace)
    {
        Permissions permissions = workspace.TokenScope == TokenScope.Ingest ? Permissions.Ingest : Permissions.FullToken;
        return new(workspace, CallerKind.Token, "", "webhook token", permissions);
    }

    public static Caller OfKey(Workspace workspace, ApiKey key) => new(workspace, CallerKind.Key, key.Id, key.Name, KeyScopes.PermissionsOf(key.Scopes));

    public static Caller OfOperator(Workspace workspace) => new(workspace, CallerKind.Operator, "", "operator", Permissions.All);

    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint was reached without authentication.");
}
