using System.Net;
using System.Net.Sockets;

namespace Tracira.Server.Outbound;

/// <summary>Finds the addresses of a host's name.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// The one way out of the house. Every address that a name leads to is checked, and the connection goes to an address that was checked: a
/// name that leads elsewhere a moment later leads nowhere. No proxy, no cookies, no credentials; time limits are the caller's, but for
/// connecting.
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MaxRedirects = 3;
    private readonly OutboundGuard _guard;
    private readonly HostResolver _resolve;
    private readonly HttpMessageInvoker _invoker;

    public OutboundHttp(OutboundGuard guard, HostResolver resolve)
    {
        _guard = guard;
        _resolve = resolve;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
    }

    /// <summary>Sends a request; a redirect is an answer like any other.</summary>
    /// <returns>The answer, its body not read yet.</returns>
    /// <exception cref="OutboundRefusedException">The guard does not let it go there.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        if (_guard.Check(uri) is { } refusal)
            throw new OutboundRefusedException(Shown(uri), refusal);
        try
        {
            return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.InnerException is OutboundRefusedException refused)
        {
            throw refused;
        }
    }

    /// <summary>Fetches, following at most three redirects, each of them checked anew.</summary>
    /// <returns>The last answer, its body not read yet.</returns>
    /// <exception cref="OutboundRefusedException">The guard does not let it go there.</exception>
    /// <exception cref="HttpRequestException">There was no answer, or one redirect too many.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            uri = new Uri(uri, location);
        }

        throw new HttpRequestException($"More than {MaxRedirects} redirects.");
    }

    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] addresses = OutboundGuard.AsLiteral(host) is { } literal ? [literal] : await _resolve(host, cancellationToken).ConfigureAwait(false);
        foreach (IPAddress address in addresses)
        {
            if (_guard.Check(host, address) is { } refusal)
                throw new OutboundRefusedException(host, refusal);
        }

        for (int i = 0; i < addresses.Length; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException($"The name {host} leads to no address.");
    }

    // Queries often hold secrets: they are left out of messages.
    private static string Shown(Uri uri) => uri.IsAbsoluteUri ? uri.GetLeftPart(UriPartial.Path) : uri.ToString();
}
