using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Auth.KeyRing;

/// <summary>
/// Seals the key ring with the operator's own secret (setting <c>SecretKey</c>), so that whoever has the data folder alone can read
/// nothing that the ring protects. AES-256-GCM: nonce, tag, then the text.
/// </summary>
internal sealed class KeyRingSeal
{
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key;

    /// <param name="secret">Base64 or any other text; its letters are what counts.</param>
    public KeyRingSeal(string secret) =>
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "Tracira key ring"u8.ToArray());

    /// <summary>Seals a text; it can be opened under this name only.</summary>
    public string Close(string name, string text)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        byte[] closed = new byte[NonceBytes + TagBytes + plain.Length];
        Span<byte> nonce = closed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plain, closed.AsSpan(NonceBytes + TagBytes), closed.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return Convert.ToBase64String(closed);
    }

    /// <summary>Opens what <see cref="Close"/> made.</summary>
    /// <exception cref="CryptographicException">It was sealed with another secret, or changed.</exception>
    public string Open(string name, string sealedText)
    {
        ReadOnlySpan<byte> closed = Convert.FromBase64String(sealedText);
        byte[] plain = new byte[closed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            closed[..NonceBytes], closed[(NonceBytes + TagBytes)..], closed.Slice(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(plain);
    }
}
