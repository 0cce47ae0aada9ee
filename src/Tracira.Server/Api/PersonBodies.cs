using Tracira.Server.Auth.People;

namespace Tracira.Server.Api;

// As in RequestBodies: for the OpenAPI document, and for the command line to send.

/// <summary>Who wants to sign in.</summary>
internal sealed record SignInBody(string Email, string Password);

/// <summary>A change of one's own password.</summary>
internal sealed record PasswordBody(string CurrentPassword, string NewPassword);

/// <summary>The workspace to switch to.</summary>
internal sealed record WorkspaceBody(string WorkspaceId);

/// <summary>The first admin.</summary>
internal sealed record SetupBody(string Token, string Email, string Password)
{
    public string? Name { get; init; }
}

/// <summary>Who is to be invited, and as what.</summary>
internal sealed record InvitationBody(string Email, Role Role);

/// <summary>Who follows an invitation: with a password to be chosen, or the one there is already.</summary>
internal sealed record JoinBody(string Password)
{
    public string? Name { get; init; }
}

/// <summary>What a member is to be.</summary>
internal sealed record RoleBody(Role Role);

/// <summary>A user that the operator adds.</summary>
internal sealed record UserBody(string Email, Role Role, string Password)
{
    public string? Name { get; init; }
}

/// <summary>A user that the operator means.</summary>
internal sealed record UserEmailBody(string Email);
