using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Tracira.Server.Tests;

/// <summary>Somebody's receiver of callbacks and webhooks, on the loopback. It answers 204 unless it is told otherwise.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();

    private WebhookHost(Func<ReceivedWebhook, HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var webhook = new ReceivedWebhook(
                http.Request.Path,
                http.Request.Headers.ToDictionary(static header => header.Key.ToLowerInvariant(), static header => header.Value.ToString()),
                await reader.ReadToEndAsync(),
                DateTime.UtcNow);
            _received.Enqueue(webhook);
            http.Response.StatusCode = 204;
            await answer(webhook, http);
        });
    }

    /// <summary>All that came, in the order it came.</summary>
    public ReceivedWebhook[] Received => [.. _received];

    /// <param name="answer">What to answer; null for 204.</param>
    public static async Task<WebhookHost> StartAsync(Func<ReceivedWebhook, HttpContext, Task>? answer = null)
    {
        var host = new WebhookHost(answer ?? (static (_, _) => Task.CompletedTask));
        await host._app.StartAsync();
        return host;
    }

    public string AddressOf(string path) => _app.Urls.First() + path;

    /// <summary>Waits until a number of requests came.</summary>
    public async Task<ReceivedWebhook[]> WaitAsync(int count, int seconds = 20)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(seconds);
        while (_received.Count < count)
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException($"{_received.Count} of {count} requests came.");
            await Task.Delay(20);
        }

        return Received;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>One request to a receiver.</summary>
internal sealed record ReceivedWebhook(string Path, IReadOnlyDictionary<string, string> Headers, string Body, DateTime At)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
