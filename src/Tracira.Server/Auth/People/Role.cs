using System.Text.Json.Serialization;
using Tracira.Server.Api;

namespace Tracira.Server.Auth.People;

/// <summary>What a person is in a workspace.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
internal enum Role
{
    /// <summary>Looks.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    /// <summary>Looks and decides on logs.</summary>
    [JsonStringEnumMemberName("reviewer")]
    Reviewer,

    /// <summary>May do everything.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}

internal static class Roles
{
    /// <summary>The words that the contract has for them.</summary>
    public static readonly WireEnum<Role> Names = new((Role.Viewer, "viewer"), (Role.Reviewer, "reviewer"), (Role.Admin, "admin"));

    /// <summary>What a role allows.</summary>
    public static Permissions Permissions(this Role role) => role switch
    {
        Role.Admin => Auth.Permissions.All,
        Role.Reviewer => Auth.Permissions.Read | Auth.Permissions.Review,
        _ => Auth.Permissions.Read,
    };
}
