using Tracira.Server.Auth.People;

namespace Tracira.Server.Hosting;

/// <summary>The settings about people and how they sign in.</summary>
internal sealed record PeopleOptions
{
    /// <summary>How often a password may be guessed at.</summary>
    public SignInLimits SignIn { get; init; } = new(10, 30, TimeSpan.FromMinutes(15));

    /// <summary>How long an invitation can be followed.</summary>
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>An admin that there shall be.</summary>
    public EmailAddress? AdminEmail { get; init; }

    /// <summary>The password with which that admin is made.</summary>
    public string? AdminPassword { get; init; }

    /// <summary>Where else people can sign in; null for nowhere.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static PeopleOptions Read(IConfiguration configuration, Func<string, long, long, long, long> whole)
    {
        string? email = configuration["AdminEmail"];
        string? password = configuration["AdminPassword"];
        EmailAddress? admin = null;
        if (!string.IsNullOrWhiteSpace(email) && !EmailAddress.TryParse(email, out admin))
            throw new SettingException("AdminEmail", EmailAddress.Expected);
        if (admin is not null && (password is null || !Passwords.AreGood(password, admin.Text)))
            throw new SettingException("AdminPassword", Passwords.Expected);
        return new PeopleOptions
        {
            SignIn = new SignInLimits(
                (int)whole("SignIn:FailuresPerAccount", 10, 1, 1_000),
                (int)whole("SignIn:FailuresPerAddress", 30, 1, 100_000),
                TimeSpan.FromSeconds(whole("SignIn:Window", 900, 1, 86_400))),
            InvitationLifetime = TimeSpan.FromSeconds(whole("Invitations:Lifetime", 604_800, 1, 31_536_000)),
            AdminEmail = admin,
            AdminPassword = password,
            Oidc = OidcOptions.Read(configuration),
        };
    }
}

/// <summary>How often a password may be guessed at.</summary>
/// <param name="FailuresPerAccount">Failures of one account in any window of time.</param>
/// <param name="FailuresPerAddress">Failures from one address in any window of time.</param>
/// <param name="Window">How long a failure counts.</param>
internal sealed record SignInLimits(int FailuresPerAccount, int FailuresPerAddress, TimeSpan Window);
