using Tracira.Server.Hosting;

namespace Tracira.Server.Auth.People;

/// <summary>Sees to it that somebody can sign in: the admin whom the settings name, or whoever follows the set-up link.</summary>
internal sealed class FirstAdmin(UserDirectory users, Passwords passwords, SetupLink link, ServerOptions options, TimeProvider time)
{
    /// <summary>Makes the admin of the settings where there is nobody of that address.</summary>
    /// <returns>The secret of the set-up link; null where there is somebody already, and no link.</returns>
    public async Task<string?> PrepareAsync()
    {
        if (options.People is { AdminEmail: { } email, AdminPassword: { } password }
            && await users.FindByEmailAsync(email.Text).ConfigureAwait(false) is null)
        {
            User admin = User.New(email, name: null, passwords.Hash(password), time.GetUtcNow());
            await users.SaveAsync(admin.In(Workspace.DefaultId, Role.Admin)).ConfigureAwait(false);
        }

        return await users.AnyAsync().ConfigureAwait(false) ? null : link.Open();
    }
}
