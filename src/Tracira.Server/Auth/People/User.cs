using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Tracira.Server.Auth.People;

/// <summary>A person who can sign in.</summary>
/// <param name="Id">The user's identity.</param>
/// <param name="Email">The address as it was given; two users never have the same one, whatever its case.</param>
/// <param name="Name">What colleagues call the person.</param>
/// <param name="PasswordHash">The password as the framework hashes it; null for those who sign in elsewhere only.</param>
/// <param name="Stamp">Changes whenever every session of the user shall end.</param>
/// <param name="Memberships">What the user is in which workspace.</param>
/// <param name="CreatedAt">When the user was made.</param>
internal sealed record User(
    string Id,
    string Email,
    string Name,
    string? PasswordHash,
    string Stamp,
    IReadOnlyDictionary<string, Role> Memberships,
    DateTimeOffset CreatedAt)
{
    /// <summary>Who the user is at the OpenID Connect provider, once signed in there: issuer and subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The version of the user's record; 0 where it is not kept yet.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    public static User New(EmailAddress email, string? name, string? passwordHash, DateTimeOffset now) => new(
        Guid.CreateVersion7(now).ToString(),
        email.Text,
        string.IsNullOrWhiteSpace(name) ? email.LocalPart : name.Trim(),
        passwordHash,
        NewStamp(),
        new Dictionary<string, Role>(),
        now);

    /// <summary>The same user as a member of a workspace.</summary>
    public User In(string workspaceId, Role role) => this with { Memberships = new Dictionary<string, Role>(Memberships) { [workspaceId] = role } };

    /// <summary>The same user outside a workspace, with every session ended.</summary>
    public User NotIn(string workspaceId) => this with
    {
        Memberships = Memberships.Where(membership => membership.Key != workspaceId).ToDictionary(),
        Stamp = NewStamp(),
    };

    /// <summary>The same user with another password, and every session ended.</summary>
    public User WithPassword(string hash) => this with { PasswordHash = hash, Stamp = NewStamp() };

    /// <summary>The same user with every session ended.</summary>
    public User SignedOutEverywhere() => this with { Stamp = NewStamp() };

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
