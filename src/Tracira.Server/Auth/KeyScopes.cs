namespace Tracira.Server.Auth;

/// <summary>The words for what an API key may do.</summary>
internal static class KeyScopes
{
    private static readonly (string Name, Permissions Permissions)[] Known =
    [
        ("ingest", Permissions.Ingest),
        ("read", Permissions.Read),
        ("review", Permissions.Review),
        ("manage", Permissions.Manage | Permissions.Administer),
    ];

    /// <summary>Every word, for error messages.</summary>
    public static string All { get; } = string.Join(", ", Known.Select(static scope => scope.Name));

    public static bool IsKnown(string name) => Known.Any(scope => scope.Name == name);

    /// <summary>What scopes allow together; those that are not known allow nothing.</summary>
    public static Permissions PermissionsOf(IReadOnlyList<string> names) =>
        Known.Where(scope => names.Contains(scope.Name)).Aggregate(Permissions.None, static (all, scope) => all | scope.Permissions);
}
