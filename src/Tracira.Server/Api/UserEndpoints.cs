using Tracira.Server.Auth;
using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Users as the operator handles them, for <c>tracira user</c>. Reached only through the data folder's own socket.</summary>
internal sealed class UserEndpoints(
    UserDirectory users, Passwords passwords, Sessions sessions, AuditLog audit, ServerOptions options, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/operator/users", List).Requires(Permissions.All).ExcludeFromDescription();
        routes.MapPost("/operator/users", Add).Requires(Permissions.All).ExcludeFromDescription();
        routes.MapPut("/operator/users/password", SetPassword).Requires(Permissions.All).ExcludeFromDescription();
        routes.MapDelete("/operator/users", Remove).Requires(Permissions.All).ExcludeFromDescription();
    }

    private async Task List(HttpContext http)
    {
        IReadOnlyList<UserItem> items =
        [
            .. (await users.ListAsync().ConfigureAwait(false))
                .OrderBy(static user => user.Email, StringComparer.OrdinalIgnoreCase)
                .Select(user => new UserItem(
                    user.Email,
                    user.Name,
                    [.. sessions.WorkspacesOf(user).Select(workspace => new MyWorkspaceItem(workspace.Id, workspace.Name, user.Memberships[workspace.Id]))],
                    user.CreatedAt)),
        ];
        await Answers.Json(http, 200, items, ApiJson.Wire.IReadOnlyListUserItem).ConfigureAwait(false);
    }

    private async Task Add(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        EmailAddress email = PersonReader.Email(fields);
        Role role = PersonReader.Role(fields);
        string? name = PersonReader.Name(fields);
        string password = PersonReader.NewPassword(fields, "password", email.Text);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = Caller.Of(http).Workspace.Id;
        User? known = await users.FindByEmailAsync(email.Text).ConfigureAwait(false);
        User user = known ?? User.New(email, name, passwords.Hash(password), time.GetUtcNow());
        if (user.Memberships.ContainsKey(workspaceId) || !await users.SaveAsync(user.In(workspaceId, role)).ConfigureAwait(false))
        {
            await Answers.Error(http, 409, "conflict", $"{user.Email} is a user already.").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "user.added", user.Id, user.Email, new Dictionary<string, string?> { ["role"] = Roles.Names[role] }).ConfigureAwait(false);
        await Answers.Json(http, 201, new UserAddedAnswer(user.Email, known is null), ApiJson.Wire.UserAddedAnswer).ConfigureAwait(false);
    }

    private async Task SetPassword(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string email = fields.Required("email");
        string password = PersonReader.NewPassword(fields, "password", email);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        string hash = passwords.Hash(password);
        User? user = await users.FindByEmailAsync(email).ConfigureAwait(false);
        if (user is null || await users.ChangeAsync(user.Id, known => known.WithPassword(hash)).ConfigureAwait(false) is null)
        {
            await AnswerNone(http, email).ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "user.password_changed", user.Id, user.Email).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task Remove(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        string email = new FieldReader(body.Root, []).Text("email") ?? "";
        User? user;
        do
        {
            user = await users.FindByEmailAsync(email).ConfigureAwait(false);
        }
        while (user is not null && !await users.DeleteAsync(user).ConfigureAwait(false));
        if (user is null)
        {
            await AnswerNone(http, email).ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "user.removed", user.Id, user.Email).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private static Task AnswerNone(HttpContext http, string email) => Answers.Error(http, 404, "not_found", $"There is no user {email}.");
}
