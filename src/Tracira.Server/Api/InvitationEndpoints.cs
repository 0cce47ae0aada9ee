using Tracira.Server.Auth;
using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>What whoever follows the link of an invitation sees and does. The link's secret is the proof.</summary>
internal sealed class InvitationEndpoints(
    Invitations invitations,
    WorkspaceDirectory workspaces,
    UserDirectory users,
    Passwords passwords,
    PasswordProof proof,
    SessionStart start,
    ServerOptions options,
    TimeProvider time)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/auth/invitations/{token}", Show)
            .AllowAnonymous()
            .Describe("getInvitation", "People", "What an invitation is about")
            .TakesPath("token", "the secret of the link")
            .Returns<OpenInvitationAnswer>(200)
            .Fails(404);
        api.MapPost("/auth/invitations/{token}", Accept)
            .AllowAnonymous()
            .Describe("acceptInvitation", "People", "Follow an invitation, and sign in: with a new password, or the account's own")
            .TakesPath("token", "the secret of the link")
            .Takes<JoinBody>()
            .Returns<MeAnswer>(200)
            .Fails(400, 401, 404, 409, 413, 415, 429, 503);
    }

    private async Task Show(HttpContext http)
    {
        if (await invitations.FindAsync(TokenOf(http)).ConfigureAwait(false) is not var (invitation, _)
            || workspaces.FindById(invitation.WorkspaceId) is not { } workspace)
        {
            await AnswerNone(http).ConfigureAwait(false);
            return;
        }

        bool hasAccount = await users.FindByEmailAsync(invitation.Email).ConfigureAwait(false) is not null;
        var answer = new OpenInvitationAnswer(invitation.Email, workspace.Name, invitation.Role, hasAccount);
        await Answers.Json(http, 200, answer, ApiJson.Wire.OpenInvitationAnswer).ConfigureAwait(false);
    }

    private async Task Accept(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        if (await invitations.FindAsync(TokenOf(http)).ConfigureAwait(false) is not var (invitation, useUp)
            || workspaces.FindById(invitation.WorkspaceId) is null)
        {
            await AnswerNone(http).ConfigureAwait(false);
            return;
        }

        var fields = new FieldReader(body.Root, []);
        string? name = PersonReader.Name(fields);
        bool isKnown = await users.FindByEmailAsync(invitation.Email).ConfigureAwait(false) is not null;
        string password = isKnown ? fields.Required("password") : PersonReader.NewPassword(fields, "password", invitation.Email);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        User? user = isKnown
            ? await proof.AskAsync(http, invitation.Email, password, PasswordProof.AnswerWrong).ConfigureAwait(false)
            : User.New(new EmailAddress(invitation.Email), name, passwords.Hash(password), time.GetUtcNow());
        if (user is null)
            return;
        User joined = invitation.Admit(user);
        if (await users.SaveAsync(joined, useUp).ConfigureAwait(false))
            await start.AnswerAsync(http, joined, invitation.WorkspaceId, "member.joined").ConfigureAwait(false);
        else
            await Answers.Error(http, 409, "conflict", "The invitation was used at the same moment. Sign in.").ConfigureAwait(false);
    }

    private static Task AnswerNone(HttpContext http) => Answers.Error(
        http, 404, "not_found", "This invitation was used or withdrawn, or has expired. Ask for a new one.");

    private static string TokenOf(HttpContext http) => (string)http.Request.RouteValues["token"]!;
}
