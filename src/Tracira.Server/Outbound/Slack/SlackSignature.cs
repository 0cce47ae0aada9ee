using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Outbound.Slack;

/// <summary>
/// Tells requests of Slack from those of anybody else: HMAC-SHA256 under the app's signing secret over version, timestamp and body. A
/// request counts once, and only for five minutes.
/// </summary>
internal sealed class SlackSignature(TimeProvider time)
{
    private const string Version = "v0";
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    // Only what had a good signature gets in here, so strangers cannot fill it.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    /// <summary>Checks a request and uses it up.</summary>
    /// <param name="secret">The signing secret.</param>
    /// <param name="timestamp">The header <c>X-Slack-Request-Timestamp</c>: seconds since 1970.</param>
    /// <param name="signature">The header <c>X-Slack-Signature</c>.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <returns>Why it does not count, as a sentence; null where it does.</returns>
    public string? Refuse(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (!IsGood(secret, timestamp, signature, body))
            return "The signature is not that of Slack: check slackSigningSecret.";
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp!, CultureInfo.InvariantCulture));
        if ((now - sent).Duration() > MaxAge)
            return "The request is older than five minutes.";
        Forget(now);
        return _seen.TryAdd(signature!, sent) ? null : "The request was made before.";
    }

    private static bool IsGood(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        // Twelve digits reach beyond the year 30,000, which a date can no longer hold; eleven do not.
        if (timestamp is not { Length: > 0 and < 12 } || !timestamp.All(char.IsAsciiDigit))
            return false;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        string expected = $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature ?? ""));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach ((string signature, DateTimeOffset sent) in _seen)
        {
            if (now - sent > MaxAge)
                _seen.TryRemove(signature, out _);
        }
    }
}
