namespace Tracira.Server.Outbound;

/// <summary>The one way out of the house, for libraries that want an <see cref="HttpClient"/>. Redirects are not followed.</summary>
internal sealed class OutboundHandler(OutboundHttp outbound) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        outbound.SendAsync(request, cancellationToken);
}
