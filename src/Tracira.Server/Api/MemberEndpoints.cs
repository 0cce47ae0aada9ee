using Tracira.Server.Auth;
using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>Who is in the workspace: list, invite, change the role, remove.</summary>
internal sealed class MemberEndpoints(Members members, UserDirectory users, Invitations invitations, AuditLog audit, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/members", List)
            .Requires(Permissions.Administer)
            .Describe("listMembers", "People", "List members and open invitations")
            .Returns<MembersAnswer>(200)
            .Fails(401, 403);
        api.MapPost("/members/invitations", Invite)
            .Requires(Permissions.Administer)
            .Describe("inviteMember", "People", "Invite somebody by link; the link is told this once")
            .Takes<InvitationBody>()
            .Returns<InvitationAnswer>(201)
            .Fails(400, 401, 403, 409, 413, 415, 503);
        api.MapDelete("/members/invitations/{id}", Withdraw)
            .Requires(Permissions.Administer)
            .Describe("withdrawInvitation", "People", "Withdraw an invitation")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 503);
        api.MapPatch("/members/{id}", ChangeRole)
            .Requires(Permissions.Administer)
            .Describe("changeMember", "People", "Give a member another role")
            .TakesId()
            .Takes<RoleBody>()
            .Returns<OkAnswer>(200)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapDelete("/members/{id}", Remove)
            .Requires(Permissions.Administer)
            .Describe("removeMember", "People", "Remove a member; the person's sessions end at once")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 409, 503);
    }

    private async Task List(HttpContext http)
    {
        string workspaceId = WorkspaceOf(http);
        var answer = new MembersAnswer(
            [.. (await members.ListAsync(workspaceId).ConfigureAwait(false)).Select(user => MemberItem.Of(user, workspaceId))],
            [.. (await invitations.ListAsync(workspaceId).ConfigureAwait(false)).Select(InvitationItem.Of)]);
        await Answers.Json(http, 200, answer, ApiJson.Wire.MembersAnswer).ConfigureAwait(false);
    }

    private async Task Invite(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        EmailAddress email = PersonReader.Email(fields);
        Role role = PersonReader.Role(fields);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = WorkspaceOf(http);
        if (await users.FindByEmailAsync(email.Text).ConfigureAwait(false) is { } user && user.Memberships.ContainsKey(workspaceId))
        {
            await Answers.Error(http, 409, "conflict", $"{user.Email} is a member already.").ConfigureAwait(false);
            return;
        }

        (Invitation invitation, string token) = await invitations
            .CreateAsync(workspaceId, email, role, Caller.Of(http).Name).ConfigureAwait(false);
        await audit.WriteAsync(http, "member.invited", invitation.Id, invitation.Email, InRole(role)).ConfigureAwait(false);
        var answer = new InvitationAnswer(
            invitation.Id,
            invitation.Email,
            role,
            http.Absolute(options, $"/invitation?token={token}"),
            token,
            invitation.ExpiresAt);
        await Answers.Json(http, 201, answer, ApiJson.Wire.InvitationAnswer).ConfigureAwait(false);
    }

    private async Task Withdraw(HttpContext http)
    {
        if (await invitations.WithdrawAsync(WorkspaceOf(http), IdOf(http)).ConfigureAwait(false) is not { } invitation)
        {
            await Answers.NotFound(http, "invitation").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "invitation.withdrawn", invitation.Id, invitation.Email).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task ChangeRole(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        Role role = PersonReader.Role(fields);
        if (fields.Errors.Count > 0)
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
        else
            await ChangeAsync(http, role, "member.role_changed").ConfigureAwait(false);
    }

    private Task Remove(HttpContext http) => ChangeAsync(http, role: null, "member.removed");

    private async Task ChangeAsync(HttpContext http, Role? role, string action)
    {
        User? user = await users.FindAsync(IdOf(http)).ConfigureAwait(false);
        switch (await members.ChangeAsync(WorkspaceOf(http), IdOf(http), role).ConfigureAwait(false))
        {
            case MemberChange.NotFound:
                await Answers.NotFound(http, "member").ConfigureAwait(false);
                break;
            case MemberChange.LastAdmin:
                await Answers.Error(http, 409, "conflict", "This is the workspace's last admin. Make somebody else an admin first.").ConfigureAwait(false);
                break;
            default:
                await audit.WriteAsync(http, action, IdOf(http), user?.Email, role is { } given ? InRole(given) : null).ConfigureAwait(false);
                await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
                break;
        }
    }

    private static Dictionary<string, string?> InRole(Role role) => new() { ["role"] = Roles.Names[role] };

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
