using Tracira.Server.Auth.People;

namespace Tracira.Server.Api;

/// <summary>Who has signed in, and where the person is.</summary>
internal sealed record MeAnswer(
    string Id,
    string Email,
    string Name,
    string WorkspaceId,
    string WorkspaceName,
    Role Role,
    IReadOnlyList<MyWorkspaceItem> Workspaces)
{
    public static MeAnswer Of(User user, Workspace current, IReadOnlyList<Workspace> workspaces) => new(
        user.Id,
        user.Email,
        user.Name,
        current.Id,
        current.Name,
        user.Memberships[current.Id],
        [.. workspaces.Select(workspace => new MyWorkspaceItem(workspace.Id, workspace.Name, user.Memberships[workspace.Id]))]);
}

/// <summary>A workspace that the signed-in person can switch to.</summary>
internal sealed record MyWorkspaceItem(string Id, string Name, Role Role);

/// <summary>Whether the server waits for its first admin, and whether people can sign in at an OpenID Connect provider.</summary>
internal sealed record SetupAnswer(bool Needed, bool Oidc);

/// <summary>Who is in a workspace, and who is expected.</summary>
internal sealed record MembersAnswer(IReadOnlyList<MemberItem> Members, IReadOnlyList<InvitationItem> Invitations);

/// <summary>A member of a workspace.</summary>
internal sealed record MemberItem(string Id, string Email, string Name, Role Role, DateTimeOffset CreatedAt)
{
    public static MemberItem Of(User user, string workspaceId) => new(user.Id, user.Email, user.Name, user.Memberships[workspaceId], user.CreatedAt);
}

/// <summary>An open invitation, without its secret.</summary>
internal sealed record InvitationItem(string Id, string Email, Role Role, string InvitedBy, DateTimeOffset ExpiresAt)
{
    public static InvitationItem Of(Invitation invitation) =>
        new(invitation.Id, invitation.Email, invitation.Role, invitation.InvitedBy, invitation.ExpiresAt);
}

/// <summary>A new invitation. The link and its secret are told this once.</summary>
internal sealed record InvitationAnswer(string Id, string Email, Role Role, string Link, string Token, DateTimeOffset ExpiresAt);

/// <summary>What whoever follows an invitation is shown.</summary>
internal sealed record OpenInvitationAnswer(string Email, string WorkspaceName, Role Role, bool HasAccount);

/// <summary>A user as the operator sees one.</summary>
internal sealed record UserItem(string Email, string Name, IReadOnlyList<MyWorkspaceItem> Workspaces, DateTimeOffset CreatedAt);

/// <summary>A user that was added: made new, or known from another workspace and let in with the password there was.</summary>
internal sealed record UserAddedAnswer(string Email, bool IsNew);
