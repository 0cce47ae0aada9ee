namespace Tracira.Server.Auth;

/// <summary>What an endpoint requires of its callers.</summary>
internal sealed record RequiredPermission(Permissions Permission);

internal static class RequiredPermissionExtensions
{
    /// <summary>Lets only callers through who have the permission. An endpoint that neither says this nor is open to everybody is closed.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permissions permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequiredPermission(permission));
}
