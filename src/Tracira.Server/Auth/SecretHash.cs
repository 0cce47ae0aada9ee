using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Auth;

/// <summary>
/// The SHA-256 of a token or key, which is what it is looked up by: how long that takes tells nothing about how much of a guess is right,
/// and two hashes are compared in constant time. Salt or stretching is not needed, since what is hashed is drawn, not chosen.
/// </summary>
[InlineArray(SHA256.HashSizeInBytes)]
internal struct SecretHash : IEquatable<SecretHash>
{
    private const int MaxSecret = 256;

    private byte _first;

    /// <summary>Hashes a secret; what is longer than any of ours is none.</summary>
    public static bool TryCompute(ReadOnlySpan<char> secret, out SecretHash hash)
    {
        hash = default;
        Span<byte> utf8 = stackalloc byte[MaxSecret];
        if (!Encoding.UTF8.TryGetBytes(secret, utf8, out int length))
            return false;
        SHA256.HashData(utf8[..length], hash);
        return true;
    }

    /// <summary>Hashes a secret of ours.</summary>
    public static SecretHash Of(string secret) =>
        TryCompute(secret, out SecretHash hash) ? hash : throw new ArgumentException($"A secret has at most {MaxSecret} bytes.", nameof(secret));

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    public static SecretHash Parse(string text)
    {
        SecretHash hash = default;
        Convert.FromHexString(text, hash, out _, out _);
        return hash;
    }

    public readonly bool Equals(SecretHash other) => CryptographicOperations.FixedTimeEquals(this, other);

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is SecretHash other && Equals(other);

    public override readonly int GetHashCode() => BitConverter.ToInt32(this);

    public override readonly string ToString() => Convert.ToHexStringLower(this);
}
