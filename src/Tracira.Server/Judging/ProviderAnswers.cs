using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using Tracira.Server.Outbound;

namespace Tracira.Server.Judging;

/// <summary>Turns whatever goes wrong on the way to a provider, and every answer that is a refusal, into one kind of exception.</summary>
internal sealed class ProviderAnswers(string provider, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxShown = 200;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw Passing($"{provider} could not be reached: {exception.Message.TrimEnd('.')}");
        }
        catch (TimeoutRejectedException)
        {
            throw Passing($"{provider} did not answer in time");
        }
        catch (BrokenCircuitException)
        {
            throw Passing($"{provider} is not asked for a moment, having failed several times in a row");
        }
        catch (RateLimiterRejectedException)
        {
            throw Passing($"too many questions wait for {provider}");
        }
        catch (OutboundRefusedException exception)
        {
            throw new ProviderException($"{provider} may not be asked: {exception.Message.TrimEnd('.')}");
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            int status = (int)response.StatusCode;
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            string said = MessageOf(body) is { } message ? $": {message}" : "";
            string what = $"{provider} answered {status}{said}";
            throw status is 408 or 429 or >= 500 ? Passing(what, ProviderConnections.PatienceAsked(response)) : new ProviderException(what);
        }
    }

    private static ProviderException Passing(string what, TimeSpan? patience = null) => new(what) { RetryAfter = patience ?? TimeSpan.Zero };

    // All of them answer {"error":{"message":…}}, or {"error":"…"}.
    private static string? MessageOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("error", out JsonElement error))
                return null;
            if (error.ValueKind == JsonValueKind.Object && !error.TryGetProperty("message", out error))
                return null;
            string text = error.ToString();
            return (text.Length > MaxShown ? text[..MaxShown] : text).TrimEnd('.');
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
