using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>An API key that has just been made: the one time that it is shown.</summary>
internal sealed record CreatedKey(
    string Id, string Name, IReadOnlyList<string> Scopes, string Key, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>An API key, without the key.</summary>
internal sealed record KeyItem(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? ExpiresAt)
{
    public static KeyItem Of(ApiKey key) => new(key.Id, key.Name, key.Scopes, key.LastFour, key.CreatedAt, key.LastUsedAt, key.ExpiresAt);
}
