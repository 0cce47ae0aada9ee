using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Tracira.Server.Api;
using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

/// <summary>Posts messages to http and https addresses, signed with the workspace's secret where it has one.</summary>
internal sealed class WebhookSender(OutboundHttp http, SettingsDirectory settings, LinkBase links, TimeProvider time) : IMessageSender, ITestableChannel
{
    private static readonly ProductInfoHeaderValue UserAgent = new("Tracira", ProductVersion.Current);
    private static readonly MediaTypeHeaderValue ContentType = new("application/json");
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(15);

    public string Channel => "webhook";

    public bool Serves(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public Task<SendResult> SendAsync(OutboxMessage message, Log log, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(message, log, links.Absolute), ApiJson.Wire.WebhookBody);
        return PostAsync(message.Url, message.Id, message.WorkspaceId, body, cancellationToken);
    }

    public async Task<SendResult> TestAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        WorkspaceSettings set = await settings.GetAsync(workspace.Id, cancellationToken).ConfigureAwait(false);
        if (set.OutboundWebhookUrl is not { } url)
            return SendResult.Gone("There is no webhook. Set outboundWebhookUrl.");
        DateTimeOffset now = time.GetUtcNow();
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new WebhookTestBody("test", now), ApiJson.Wire.WebhookTestBody);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TestTimeout);
        try
        {
            return await PostAsync(url, Guid.CreateVersion7(now).ToString(), workspace.Id, body, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Retry($"It did not answer within {TestTimeout.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is OutboundRefusedException or HttpRequestException)
        {
            return SendResult.Retry(exception.Message);
        }
    }

    private async Task<SendResult> PostAsync(string url, string id, string workspaceId, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = ContentType;
        request.Headers.UserAgent.Add(UserAgent);
        DateTimeOffset now = time.GetUtcNow();
        long timestamp = now.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        string[] secrets = [.. SecretsOf(await settings.GetAsync(workspaceId, cancellationToken).ConfigureAwait(false), now)];
        if (secrets.Length > 0)
            request.Headers.Add("webhook-signature", WebhookSignature.Of(secrets, id, timestamp, body));
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return ResultOf(response);
    }

    private IEnumerable<string> SecretsOf(WorkspaceSettings set, DateTimeOffset now)
    {
        if (settings.Open(set.SealedWebhookSecret) is { } secret)
            yield return secret;
        if (set.PreviousWebhookSecretUntil > now && settings.Open(set.SealedPreviousWebhookSecret) is { } previous)
            yield return previous;
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
