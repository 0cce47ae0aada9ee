using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Tracira.Server.Auth;

/// <summary>Encrypts what must not lie in the store for everybody to read, such as the keys of model providers.</summary>
internal sealed class SecretProtector(IServiceProvider services)
{
    private readonly Lazy<IDataProtector> _protector = new(() => services.GetDataProtector("Tracira.Secrets"));

    /// <summary>Encrypts a secret for the store. The same secret looks different each time.</summary>
    public string Protect(string secret) => _protector.Value.Protect(secret);

    /// <summary>Decrypts what <see cref="Protect"/> made.</summary>
    /// <returns>The secret; null where it was changed, or where the key it was made with is gone, as after a change of <c>SecretKey</c>.</returns>
    public string? Unprotect(string protectedSecret)
    {
        try
        {
            return _protector.Value.Unprotect(protectedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
