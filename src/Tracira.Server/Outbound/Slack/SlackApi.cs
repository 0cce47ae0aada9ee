using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound.Slack;

/// <summary>Talks to Slack: calls of its Web API, and posts to the addresses it gives out.</summary>
internal sealed class SlackApi(OutboundHttp http, ServerOptions options)
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Calls a method of the Web API, such as <c>chat.postMessage</c>.</summary>
    public Task<SlackAnswer> CallAsync(string method, string token, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(new Uri($"{options.SlackApiUrl}/{method}"), token, body, ReadApi, cancellationToken);

    /// <summary>Posts to an incoming webhook, or answers an interaction.</summary>
    public Task<SlackAnswer> PostAsync(Uri address, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(address, null, body, ReadWebhook, cancellationToken);

    private async Task<SlackAnswer> SendAsync(
        Uri address, string? token, JsonObject body, Func<int, string, SlackAnswer> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage response = await http.SendAsync(request, limit.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxAnswer, limit.Token).ConfigureAwait(false);
            string text = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            SlackAnswer answer = read((int)response.StatusCode, text);
            return answer with { RetryAfter = RetryAfterOf(response) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SlackAnswer.Unreachable($"did not answer within {Limit.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException exception)
        {
            return SlackAnswer.Unreachable($"could not be reached: {exception.Message}");
        }
        catch (OutboundRefusedException exception)
        {
            return SlackAnswer.Refused(exception.Message);
        }
    }

    // The Web API says what is wrong in its JSON, with status 200 but for limits and failures of its own.
    private static SlackAnswer ReadApi(int status, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok", out JsonElement ok))
            {
                string? error = ok.ValueKind == JsonValueKind.True ? null : Text("error") ?? "unknown_error";
                return new SlackAnswer(status, error) { Needed = Text("needed"), Channel = Text("channel"), Ts = Text("ts") };
            }

            string? Text(string name) =>
                root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // Said below.
        }

        return new SlackAnswer(status, status < 400 ? "no_json" : "no_answer");
    }

    // A webhook answers in one word.
    private static SlackAnswer ReadWebhook(int status, string text) =>
        new(status, status < 300 ? null : Excerpt.Line(text, 100) is { Length: > 0 } word ? word : "no_answer");

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;
}
