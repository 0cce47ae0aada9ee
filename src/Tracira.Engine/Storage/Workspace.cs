namespace Tracira;

/// <summary>The outermost boundary: owns projects, rules, logs and one webhook token.</summary>
/// <param name="Id">The workspace's identity.</param>
/// <param name="Name">What people call it.</param>
/// <param name="WebhookToken">The bearer token of its clients; starts with <c>wh-</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Workspace(string Id, string Name, string WebhookToken, DateTimeOffset CreatedAt)
{
    /// <summary>The workspace that a new store begins with, and that in-process callers use unless they name one.</summary>
    public const string DefaultId = "default";

    /// <summary>How far the webhook token reaches.</summary>
    public TokenScope TokenScope { get; init; }
}
