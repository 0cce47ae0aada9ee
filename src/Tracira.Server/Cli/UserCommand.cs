using System.CommandLine;
using System.Security.Cryptography;
using Tracira.Server.Api;
using Tracira.Server.Auth.People;

namespace Tracira.Server.Cli;

/// <summary><c>tracira user add|passwd|list|remove</c>.</summary>
internal static class UserCommand
{
    // Letters and digits that nobody takes for one another: 20 of them are 114 bits.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXYZ34679";
    private const int GeneratedLength = 20;

    public static Command Create() => new("user", "Say who can sign in") { Add(), Passwd(), List(), Remove() };

    private static Command Add()
    {
        Argument<string> email = Email();
        Option<bool> fromInput = PasswordFromInput();
        var role = new Option<string>("--role") { Description = "What the person may do", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong("admin", "reviewer", "viewer");
        var name = new Option<string?>("--name") { Description = "What colleagues call the person", HelpName = "NAME" };
        var command = new Command("add", "Add a user; prints a generated password once, unless one is given") { email, role, name, fromInput };
        command.RunsInWorkspace(async (client, parsed, cancellationToken) =>
        {
            (string password, bool isGenerated) = await PasswordAsync(parsed.GetValue(fromInput), cancellationToken).ConfigureAwait(false);
            Role given = Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true);
            var body = new UserBody(parsed.GetValue(email)!, given, password) { Name = parsed.GetValue(name) };
            UserAddedAnswer answer = await client
                .SendAsync(HttpMethod.Post, "/operator/users", body, ApiJson.Wire.UserBody, ApiJson.Wire.UserAddedAnswer, cancellationToken)
                .ConfigureAwait(false);
            await Console.Out.WriteLineAsync(answer.IsNew
                ? $"{answer.Email} can sign in as {Roles.Names[given]}."
                : $"{answer.Email} was known already and is now {Roles.Names[given]} here too, with the same password as before.").ConfigureAwait(false);
            if (answer.IsNew && isGenerated)
                await Console.Out.WriteLineAsync($"Password: {password}").ConfigureAwait(false);
        });
        return command;
    }

    private static Command Passwd()
    {
        Argument<string> email = Email();
        Option<bool> fromInput = PasswordFromInput();
        var command = new Command("passwd", "Set a user's password; every session of the user ends") { email, fromInput };
        command.RunsOnServer(async (client, parsed, cancellationToken) =>
        {
            (string password, bool isGenerated) = await PasswordAsync(parsed.GetValue(fromInput), cancellationToken).ConfigureAwait(false);
            var body = new SignInBody(parsed.GetValue(email)!, password);
            await client
                .SendAsync(HttpMethod.Put, "/operator/users/password", body, ApiJson.Wire.SignInBody, ApiJson.Wire.OkAnswer, cancellationToken)
                .ConfigureAwait(false);
            await Console.Out.WriteLineAsync(isGenerated ? $"Password: {password}" : $"The password of {body.Email} is changed.").ConfigureAwait(false);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List the users");
        command.RunsOnServer(static async (client, _, cancellationToken) =>
        {
            IReadOnlyList<UserItem> users = await client
                .GetAsync("/operator/users", ApiJson.Wire.IReadOnlyListUserItem, cancellationToken).ConfigureAwait(false);
            foreach (UserItem user in users)
            {
                string roles = string.Join(", ", user.Workspaces.Select(static workspace => $"{Roles.Names[workspace.Role]} in {workspace.Name}"));
                await Console.Out.WriteLineAsync($"{user.Email}  {user.Name}  {roles}").ConfigureAwait(false);
            }
        });
        return command;
    }

    private static Command Remove()
    {
        Argument<string> email = Email();
        var command = new Command("remove", "Remove a user from every workspace; every session of the user ends") { email };
        command.RunsOnServer(async (client, parsed, cancellationToken) =>
        {
            var body = new UserEmailBody(parsed.GetValue(email)!);
            await client
                .SendAsync(HttpMethod.Delete, "/operator/users", body, ApiJson.Wire.UserEmailBody, ApiJson.Wire.OkAnswer, cancellationToken)
                .ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{body.Email} is removed.").ConfigureAwait(false);
        });
        return command;
    }

    private static Argument<string> Email() => new("email") { Description = "The user's e-mail address" };

    private static Option<bool> PasswordFromInput() => new("--password-stdin") { Description = "Read the password from standard input" };

    private static async Task<(string Password, bool IsGenerated)> PasswordAsync(bool fromInput, CancellationToken cancellationToken)
    {
        if (!fromInput)
            return (RandomNumberGenerator.GetString(Letters, GeneratedLength), true);
        string? line = await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        return (line ?? throw new CommandException("There is no password on standard input."), false);
    }
}
