using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Media;

/// <summary>
/// Addresses that stand for themselves: whoever has one may use it until it expires. Method, path and every parameter are signed with
/// HMAC-SHA256, with a key that is drawn at first need and kept in the store.
/// </summary>
internal sealed class SignedLinks(ITraciraStore store, TimeProvider time)
{
    private const string Kind = "signing-key";
    private const string Id = "media";
    private const string Expires = "expires";
    private const string Signature = "signature";
    private volatile byte[]? _key;

    /// <summary>Makes a link.</summary>
    /// <param name="method">What may be done with it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="lifetime">How long it is good for.</param>
    /// <param name="parameters">What else it says; those without a value are left out.</param>
    /// <returns>Path and query.</returns>
    public async ValueTask<string> CreateAsync(string method, string path, TimeSpan lifetime, params (string Name, string? Value)[] parameters)
    {
        string expires = (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string link = Compose(path, expires, parameters);
        return $"{link}&{Signature}={await SignAsync(method, link).ConfigureAwait(false)}";
    }

    /// <summary>Checks a link.</summary>
    /// <param name="http">The request that came by it.</param>
    /// <param name="method">What is to be done with it.</param>
    /// <param name="names">The parameters it was made with, in that order; others do not count.</param>
    public async ValueTask<bool> IsGoodAsync(HttpContext http, string method, params string[] names)
    {
        IQueryCollection query = http.Request.Query;
        string? expires = Value(Expires);
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds <= time.GetUtcNow().ToUnixTimeSeconds())
        {
            return false;
        }

        string link = Compose(http.Request.Path, expires, [.. names.Select(name => (name, Value(name)))]);
        byte[] expected = Encoding.ASCII.GetBytes(await SignAsync(method, link).ConfigureAwait(false));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(Value(Signature) ?? ""));

        string? Value(string name) => query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values.ToString() : null;
    }

    private static string Compose(string path, string expires, (string Name, string? Value)[] parameters)
    {
        var link = new StringBuilder($"{path}?{Expires}={expires}");
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
                link.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(value)}");
        }

        return link.ToString();
    }

    private async ValueTask<string> SignAsync(string method, string link)
    {
        byte[] key = _key ?? await LoadAsync().ConfigureAwait(false);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{method} {link}")));
    }

    // Of two servers that draw a key at the same time the store keeps one, and both read that.
    private async ValueTask<byte[]> LoadAsync()
    {
        while (true)
        {
            if (await store.Records.FindAsync(Kind, "", Id).ConfigureAwait(false) is { } record)
                return _key = Convert.FromBase64String(JsonSerializer.Deserialize(record.Json, ApiJson.Wire.String)!);
            string drawn = Convert.ToBase64String(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
            await store.Records
                .WriteAsync([new RecordWrite(Kind, "", Id, JsonSerializer.Serialize(drawn, ApiJson.Wire.String), 0)]).ConfigureAwait(false);
        }
    }
}
