using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tracira.Server.Hosting;

/// <summary>
/// Whose word is taken for how a request came in (setting <c>Proxy:Trust</c>): a reverse proxy's X-Forwarded-Proto and X-Forwarded-For.
/// </summary>
internal static class TrustedProxies
{
    private const string Key = "Proxy:Trust";

    /// <summary>Reads the setting: <c>all</c>, or the addresses and networks of proxies; null where nobody is trusted.</summary>
    /// <exception cref="SettingException">The setting's value cannot be used.</exception>
    public static ForwardedHeadersOptions? Read(IConfiguration configuration)
    {
        string[] words = (configuration[Key] ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        if (words is ["all"])
            return options;
        foreach (string word in words)
        {
            if (IPAddress.TryParse(word, out IPAddress? address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(word, out System.Net.IPNetwork network))
                options.KnownIPNetworks.Add(network);
            else
                throw new SettingException(Key, $"must be `all`, or the addresses and networks of proxies, such as 10.0.0.0/8; {word} is neither");
        }

        return options;
    }
}
