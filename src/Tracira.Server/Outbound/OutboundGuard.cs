using System.Globalization;
using System.Net;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>
/// Says where the server may fetch from and post to, so that nobody reaches the house's own network through it. A refusal is a sentence's end
/// that names the setting which would allow the address.
/// </summary>
internal sealed class OutboundGuard(ServerOptions options)
{
    private static readonly string[] LocalSuffixes =
        [".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa"];

    /// <summary>Checks what can be told from an address as it is written, without resolving its name.</summary>
    /// <returns>Why it is refused; null where nothing speaks against it.</returns>
    public string? Check(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https"))
            return "must be an absolute http or https address";
        if (uri.UserInfo.Length > 0)
            return "must not hold a user name or password";
        string host = HostOf(uri.IdnHost);
        if (host.Length == 0)
            return "must name a host";
        if (uri.Host.Any(static letter => !char.IsAscii(letter) && CharUnicodeInfo.GetDigitValue(letter) >= 0))
            return "must write the digits of its host as 0 to 9"; // resolvers may take others for an address in disguise
        if (IsAllowed(host))
            return null;
        if (AsLiteral(host) is { } address)
            return Check(host, address);

        // Where networks are allowed, a local name may well lead into one of them: its address decides when it is connected to.
        return options.AllowedNetworks.Count == 0 && IsLocalName(host)
            ? $"is a name inside the server's own network ({host}); the setting Outbound:AllowedHosts would allow it"
            : null;
    }

    /// <summary>Checks one address that a host's name leads to.</summary>
    /// <returns>Why it is refused; null where it is not.</returns>
    public string? Check(string host, IPAddress address)
    {
        if (IsAllowed(HostOf(host)))
            return null;
        IPAddress real = ReservedNetworks.Unwrap(address);
        if (ReservedNetworks.KindOf(real) is not { } kind || options.AllowedNetworks.Any(network => network.Contains(real) || network.Contains(address)))
            return null;
        return $"leads to {kind} address ({address}); the setting Outbound:AllowedNetworks or Outbound:AllowedHosts would allow it";
    }

    /// <summary>The address that a host is written as, also in the octal, hexadecimal and shortened forms of old; null where it is a name.</summary>
    public static IPAddress? AsLiteral(string host) => IPAddress.TryParse(HostOf(host), out IPAddress? address) ? address : null;

    // An entry is a host, or a suffix as *.example.com, which does not stand for example.com itself.
    private bool IsAllowed(string host) => options.AllowedHosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length > allowed.Length - 1 && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, HostOf(allowed), StringComparison.OrdinalIgnoreCase));

    // "example.com." is the same host, and Uri keeps the brackets of an IPv6 address in one of its properties.
    private static string HostOf(string host) => host.TrimEnd('.').TrimStart('[').TrimEnd(']');

    private static bool IsLocalName(string host) =>
        !host.Contains('.', StringComparison.Ordinal) || LocalSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
}
