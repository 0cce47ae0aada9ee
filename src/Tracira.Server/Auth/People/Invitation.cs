namespace Tracira.Server.Auth.People;

/// <summary>Lets the person of an address into a workspace, once.</summary>
/// <param name="Id">The identity by which it is listed and withdrawn; not the secret of the link.</param>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Email">Who is meant.</param>
/// <param name="Role">What the person becomes.</param>
/// <param name="InvitedBy">The name of who invited.</param>
/// <param name="ExpiresAt">When the link stops working.</param>
internal sealed record Invitation(string Id, string WorkspaceId, string Email, Role Role, string InvitedBy, DateTimeOffset ExpiresAt)
{
    /// <summary>The user as a member of the workspace; who is one already stays what it is.</summary>
    public User Admit(User user) => user.Memberships.ContainsKey(WorkspaceId) ? user : user.In(WorkspaceId, Role);
}
