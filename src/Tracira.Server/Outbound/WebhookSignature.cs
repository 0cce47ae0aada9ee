using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Outbound;

/// <summary>Signs as Standard Webhooks says (https://www.standardwebhooks.com): HMAC-SHA256 over id, timestamp and body.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>The value of the header <c>webhook-signature</c>: a signature for each secret.</summary>
    /// <param name="secrets"><c>whsec_</c> and base64, the newest first.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">The body, byte by byte as it is sent.</param>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret =>
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed))));
    }
}
