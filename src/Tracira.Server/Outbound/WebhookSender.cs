using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Tracira.Server.Api;
using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

/// <summary>Posts messages to http and https addresses, signed with the workspace's secret where it has one.</summary>
internal sealed class WebhookSender(OutboundHttp http, SettingsDirectory settings, ServerOptions options, TimeProvider time) : IMessageSender
{
    private static readonly ProductInfoHeaderValue UserAgent = new("Tracira", ProductVersion.Current);
    private static readonly MediaTypeHeaderValue ContentType = new("application/json");

    public bool Serves(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public async Task<SendResult> SendAsync(OutboxMessage message, Log log, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(message, log, options.PublicUrl), ApiJson.Wire.WebhookBody);
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = ContentType;
        request.Headers.UserAgent.Add(UserAgent);
        await SignAsync(request, message, body, cancellationToken).ConfigureAwait(false);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return ResultOf(response);
    }

    private async ValueTask SignAsync(HttpRequestMessage request, OutboxMessage message, byte[] body, CancellationToken cancellationToken)
    {
        WorkspaceSettings set = await settings.GetAsync(message.WorkspaceId, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        List<string> secrets = [];
        if (settings.Open(set.SealedWebhookSecret) is { } secret)
            secrets.Add(secret);
        if (set.PreviousWebhookSecretUntil > now && settings.Open(set.SealedPreviousWebhookSecret) is { } previous)
            secrets.Add(previous);
        long timestamp = now.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (secrets.Count > 0)
            request.Headers.Add("webhook-signature", WebhookSignature.Of(secrets, message.Id, timestamp, body));
    }

    private SendResult ResultOf(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => SendResult.Delivered(status),
            >= 300 and < 400 => SendResult.Retry($"It answered {status}: redirects are not followed.", status),
            410 => SendResult.Gone("It answered 410: it does not want to hear of this any more.", status),
            _ => SendResult.Retry($"It answered {status}.", status, RetryAfter(response)),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
}
