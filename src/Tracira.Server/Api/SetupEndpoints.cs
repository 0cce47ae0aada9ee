using Tracira.Server.Auth.People;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Makes the first admin, by the link that the server prints where it starts without anybody.</summary>
internal sealed class SetupEndpoints(
    UserDirectory users, Passwords passwords, SetupLink link, SessionStart start, ServerOptions options, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/auth/setup", Show)
            .AllowAnonymous()
            .Describe("getSetup", "People", "Whether the server waits for its first admin, and how people can sign in")
            .Returns<SetupAnswer>(200);
        api.MapPost("/auth/setup", SetUp)
            .AllowAnonymous()
            .Describe("setUp", "People", "Make the first admin, and sign in")
            .Takes<SetupBody>()
            .Returns<MeAnswer>(200)
            .Fails(400, 403, 409, 413, 415, 503);
    }

    private async Task Show(HttpContext http)
    {
        var answer = new SetupAnswer(!await users.AnyAsync().ConfigureAwait(false), options.People.Oidc is not null);
        await Answers.Json(http, 200, answer, ApiJson.Wire.SetupAnswer).ConfigureAwait(false);
    }

    private async Task SetUp(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string token = fields.Required("token");
        EmailAddress email = PersonReader.Email(fields);
        string? name = PersonReader.Name(fields);
        string password = PersonReader.NewPassword(fields, "password", email.Text);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (!link.IsProvenBy(token))
        {
            await Answers.Error(
                http, 403, "forbidden", "This is not the link that the server printed when it last started. A start without users prints a new one.")
                .ConfigureAwait(false);
            return;
        }

        if (!link.TryTake())
        {
            await AnswerUsed(http).ConfigureAwait(false);
            return;
        }

        bool isMade = false;
        try
        {
            User admin = User.New(email, name, passwords.Hash(password), time.GetUtcNow()).In(Workspace.DefaultId, Role.Admin);
            isMade = !await users.AnyAsync().ConfigureAwait(false) && await users.SaveAsync(admin).ConfigureAwait(false);
            await (isMade ? start.AnswerAsync(http, admin, action: "user.set_up") : AnswerUsed(http)).ConfigureAwait(false);
        }
        finally
        {
            if (!isMade)
                link.GiveBack();
        }
    }

    private static Task AnswerUsed(HttpContext http) => Answers.Error(
        http, 409, "conflict", "The server has been set up already. Sign in, or ask an admin for an invitation.");
}
