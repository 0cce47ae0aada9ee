using System.Text.Json.Serialization;

namespace Tracira.Server.Auth;

/// <summary>What is kept of an API key; the key itself is not.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="WorkspaceId">The workspace it opens.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do, in the words of <see cref="KeyScopes"/>.</param>
/// <param name="Hash">The key's hash, as <see cref="SecretHash"/> writes it.</param>
/// <param name="LastFour">The key's last four characters, for people who have several.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="LastUsedAt">When it was used, to within <see cref="ApiKeys.UseStep"/>; null for never.</param>
internal sealed record ApiKey(
    string Id,
    string WorkspaceId,
    string Name,
    IReadOnlyList<string> Scopes,
    string Hash,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt = null)
{
    /// <summary>The version of its record.</summary>
    [JsonIgnore]
    public long Version { get; init; }
}
