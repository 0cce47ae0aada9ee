using Tracira.Server.Auth;
using Tracira.Server.Auth.People;

namespace Tracira.Server.Api;

/// <summary>Lets people in who have proved who they are, by whatever way they came.</summary>
internal sealed class SessionStart(Sessions sessions, AuditLog audit)
{
    /// <summary>Begins a session and answers who has signed in; 403 where the person is in no workspace.</summary>
    /// <param name="http">The request.</param>
    /// <param name="user">The person.</param>
    /// <param name="workspaceId">The workspace to begin in; null for the person's first.</param>
    /// <param name="action">What the person has done by it, for the audit log; null for nothing but signing in.</param>
    public async Task AnswerAsync(HttpContext http, User user, string? workspaceId = null, string? action = null)
    {
        if (!await sessions.BeginAsync(http, user, workspaceId).ConfigureAwait(false))
        {
            await Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", "This account is in no workspace any more.").ConfigureAwait(false);
            return;
        }

        if (action is not null)
            await audit.WriteAsync(http, action, user.Id, user.Email).ConfigureAwait(false);
        await AnswerMe(http, user).ConfigureAwait(false);
    }

    /// <summary>Answers who has signed in.</summary>
    public Task AnswerMe(HttpContext http, User user) => Answers.Json(
        http, 200, MeAnswer.Of(user, Caller.Of(http).Workspace, sessions.WorkspacesOf(user)), ApiJson.Wire.MeAnswer);
}
