using Tracira.Server.Auth;
using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Signing in and out, and what people do with their own account.</summary>
internal sealed class SessionEndpoints(
    UserDirectory users, Passwords passwords, PasswordProof proof, Sessions sessions, SessionStart start, AuditLog audit, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/auth/sign-in", SignIn)
            .AllowAnonymous()
            .Describe("signIn", "People", "Sign in with e-mail address and password")
            .Takes<SignInBody>()
            .Returns<MeAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 429, 503);
        api.MapPost("/auth/sign-out", SignOut)
            .Requires(Permissions.None)
            .Describe("signOut", "People", "End the session")
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 503);
        api.MapDelete("/me/sessions", SignOutEverywhere)
            .Requires(Permissions.None)
            .Describe("signOutEverywhere", "People", "End every session of one's own account, this one too")
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 503);
        api.MapGet("/me", Me)
            .Requires(Permissions.None)
            .Describe("getMe", "People", "Who has signed in, and where")
            .Returns<MeAnswer>(200)
            .Fails(401, 403);
        api.MapPatch("/me/password", ChangePassword)
            .Requires(Permissions.None)
            .Describe("changePassword", "People", "Change one's own password; every other session of the account ends")
            .Takes<PasswordBody>()
            .Returns<OkAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 429, 503);
        api.MapPost("/me/workspace", SwitchWorkspace)
            .Requires(Permissions.None)
            .Describe("switchWorkspace", "People", "Go on in another workspace")
            .Takes<WorkspaceBody>()
            .Returns<MeAnswer>(200)
            .Fails(400, 401, 403, 404, 413, 415, 503);
    }

    private async Task SignIn(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string email = fields.Required("email");
        string password = fields.Required("password");
        if (fields.Errors.Count > 0)
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
        else if (await proof.AskAsync(http, email, password, PasswordProof.AnswerWrong).ConfigureAwait(false) is { } user)
            await start.AnswerAsync(http, user).ConfigureAwait(false);
    }

    private async Task SignOut(HttpContext http)
    {
        await sessions.EndAsync(http).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task SignOutEverywhere(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is not { } user)
            return;
        await users.ChangeAsync(user.Id, static known => known.SignedOutEverywhere()).ConfigureAwait(false);
        await audit.WriteAsync(http, "user.signed_out_everywhere", user.Id, user.Email).ConfigureAwait(false);
        await sessions.EndAsync(http).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task Me(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is { } user)
            await start.AnswerMe(http, user).ConfigureAwait(false);
    }

    private async Task ChangePassword(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is not { } user)
            return;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string current = fields.Required("currentPassword");
        string changed = PersonReader.NewPassword(fields, "newPassword", user.Email);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (await proof.AskAsync(http, user.Email, current, AnswerWrong).ConfigureAwait(false) is null)
            return;
        string hash = passwords.Hash(changed);
        if (await users.ChangeAsync(user.Id, known => known.WithPassword(hash)).ConfigureAwait(false) is not { } now)
        {
            await AnswerGone(http).ConfigureAwait(false);
            return;
        }

        // This session ends as the others do; another one takes its place.
        await sessions.BeginAsync(http, now, Caller.Of(http).Workspace.Id).ConfigureAwait(false);
        await audit.WriteAsync(http, "user.password_changed", user.Id, user.Email).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);

        static Task AnswerWrong(HttpContext http) => Answers.Invalid(http, [new FieldError("currentPassword", "is not the password of this account")]);
    }

    private async Task SwitchWorkspace(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is not { } user)
            return;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string workspaceId = fields.Required("workspaceId");
        if (fields.Errors.Count > 0)
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
        else if (await sessions.BeginAsync(http, user, workspaceId).ConfigureAwait(false))
            await start.AnswerMe(http, user).ConfigureAwait(false);
        else
            await Answers.Error(http, 404, "not_found", "There is no workspace of this id among yours.").ConfigureAwait(false);
    }

    // The signed-in person; null where there is none and the request has been answered.
    private async ValueTask<User?> Find(HttpContext http)
    {
        Caller caller = Caller.Of(http);
        if (caller.Kind != CallerKind.User)
        {
            await Answers.Error(http, 403, "forbidden", "This is for people who have signed in; tokens and keys have no account.").ConfigureAwait(false);
            return null;
        }

        User? user = await users.FindAsync(caller.Id).ConfigureAwait(false);
        if (user is null)
            await AnswerGone(http).ConfigureAwait(false);
        return user;
    }

    private static Task AnswerGone(HttpContext http) => Answers.Error(http, 401, "unauthorized", "This account has just been removed.");
}
