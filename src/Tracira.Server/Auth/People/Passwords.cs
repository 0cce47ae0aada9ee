using Microsoft.AspNetCore.Identity;

namespace Tracira.Server.Auth.People;

/// <summary>What a password must be, and how one is kept: by the framework's hasher.</summary>
internal sealed class Passwords
{
    /// <summary>What every new password must be.</summary>
    public const string Expected = "must have 10 to 200 characters and not be the e-mail address";

    private const int MinLength = 10;
    private const int MaxLength = 200;

    // The hasher asks whose password it is, and never looks.
    private readonly PasswordHasher<Passwords> _hasher = new();
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new Lazy<string>(() => Hash(Guid.NewGuid().ToString()));

    /// <summary>Whether a password may be chosen by the user of an address.</summary>
    public static bool AreGood(string password, string email) =>
        password.Length is >= MinLength and <= MaxLength && EmailAddress.KeyOf(password) != EmailAddress.KeyOf(email);

    public string Hash(string password) => _hasher.HashPassword(this, password);

    /// <summary>Tells whether a password is the user's; takes as long where there is no user, or none with a password.</summary>
    public PasswordVerificationResult Verify(User? user, string password)
    {
        PasswordVerificationResult result = _hasher.VerifyHashedPassword(this, user?.PasswordHash ?? _nobodys.Value, password);
        return user?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
    }
}
