using System.Net;

namespace Tracira.Server.Outbound;

/// <summary>
/// The addresses that are not on the public internet, after the special-purpose registries of IANA and the clouds' own platform addresses.
/// </summary>
internal static class ReservedNetworks
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly (IPNetwork Network, string Kind)[] Reserved =
    [
        Net("0.0.0.0/8", "an unspecified"),
        Net("10.0.0.0/8", "a private"),
        Net("100.64.0.0/10", "a carrier's internal"),
        Net("127.0.0.0/8", "a loopback"),
        Net("168.63.129.16/32", "a cloud platform's"),
        Net("169.254.0.0/16", "a link-local"),
        Net("172.16.0.0/12", "a private"),
        Net("192.0.0.0/24", "a protocol's"),
        Net("192.0.2.0/24", "a documentation"),
        Net("192.88.99.0/24", "a relay's"),
        Net("192.168.0.0/16", "a private"),
        Net("198.18.0.0/15", "a benchmark"),
        Net("198.51.100.0/24", "a documentation"),
        Net("203.0.113.0/24", "a documentation"),
        Net("224.0.0.0/4", "a multicast"),
        Net("240.0.0.0/4", "a reserved"),
        Net("::1/128", "a loopback"),
        Net("fc00::/7", "a private"),
        Net("fe80::/10", "a link-local"),
        Net("ff00::/8", "a multicast"),
        Net("2001::/23", "a protocol's"),
        Net("2001:db8::/32", "a documentation"),
        Net("2002::/16", "a relay's"),
        Net("3fff::/20", "a documentation"),
    ];

    /// <summary>
    /// The address that a connection really goes to: IPv6 forms that carry an IPv4 address, mapped or through a NAT64 gateway, are that one.
    /// </summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        return Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : address;
    }

    /// <summary>What kind of address it is, with its article; null for one on the public internet.</summary>
    /// <param name="address">The address, unwrapped.</param>
    public static string? KindOf(IPAddress address)
    {
        foreach ((IPNetwork network, string kind) in Reserved)
        {
            if (network.Contains(address))
                return kind;
        }

        // Whatever of IPv6 is outside of this block has not been given out, or carries an IPv4 address in a form nobody should use any more.
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(address) ? "a reserved" : null;
    }

    private static (IPNetwork, string) Net(string network, string kind) => (IPNetwork.Parse(network), kind);
}
