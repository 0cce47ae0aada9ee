using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>Makes the links in messages, for which no client has asked us by a name: the setting PublicUrl, else where the server listens.</summary>
internal sealed class LinkBase(ServerOptions options, IServer server)
{
    private static readonly string[] AnyAddress = ["0.0.0.0", "[::]", "*", "+"];

    /// <summary>Makes an address of ours absolute.</summary>
    /// <param name="path">Path and query.</param>
    public string Absolute(string path) => (options.PublicUrl ?? Listening) + path;

    /// <summary>The page of a log in the dashboard.</summary>
    public string LogPage(string logId) => Absolute($"/logs/{Uri.EscapeDataString(logId)}");

    private string Listening
    {
        get
        {
            string address = server.Features.Get<IServerAddressesFeature>()?.Addresses
                .FirstOrDefault(static address => !address.StartsWith("http://unix:", StringComparison.Ordinal)) ?? ServerOptions.DefaultUrls;
            string any = AnyAddress.FirstOrDefault(any => address.Contains($"://{any}", StringComparison.Ordinal)) ?? "";
            return any.Length == 0 ? address : address.Replace($"://{any}", "://localhost", StringComparison.Ordinal);
        }
    }
}
