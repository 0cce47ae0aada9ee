using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tracira.Server.Tests;

/// <summary>Slack as far as we know it: answers as theirs does, holds messages to their limits, keeps what is posted, and signs clicks.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    public const string Token = "xoxb-0123456789-good";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Channel = "C024BE91L";

    private readonly WebApplication _app;
    private readonly Channel<SlackCall> _calls = System.Threading.Channels.Channel.CreateUnbounded<SlackCall>();
    private readonly ConcurrentDictionary<string, JsonElement> _messages = new();
    private readonly ConcurrentQueue<RequestDelegate> _troubles = new();
    private int _posted;

    private FakeSlack(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public string Webhook => $"{Address}/services/T000/B000/good";

    /// <summary>The settings of a server that talks to it.</summary>
    public (string Name, string Value)[] Settings => [("TRACIRA_SLACK__APIURL", $"{Address}/api"), ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8")];

    /// <summary>How many messages there are.</summary>
    public int Messages => _messages.Count;

    public static async Task<FakeSlack> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var slack = new FakeSlack(app);
        app.UseRouting();
        app.MapPost("/api/{method}", http => slack.TakeAsync(http, slack.Api));
        app.MapPost("/services/{**path}", http => slack.TakeAsync(http, slack.Hook));
        app.MapPost("/respond", http => slack.TakeAsync(http, static (_, _) => (200, "ok")));
        await app.StartAsync();
        return slack;
    }

    /// <summary>Has the next request end in some other way than well.</summary>
    public void Fail(RequestDelegate trouble) => _troubles.Enqueue(trouble);

    /// <summary>Has the next request be answered with an error of the Web API.</summary>
    public void Fail(string error) => Fail(http => http.Response.WriteAsJsonAsync(new { ok = false, error }));

    /// <summary>Waits for the next request.</summary>
    public async Task<SlackCall> ReceiveAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));

    /// <summary>Makes the request that Slack sends when somebody clicks on a button of a message.</summary>
    public HttpRequestMessage Click(Uri server, string action, string value, string user = "ada", string? ts = null, DateTimeOffset? at = null, string secret = SigningSecret)
    {
        string payload = JsonSerializer.Serialize(new
        {
            type = "block_actions",
            user = new { id = "U" + user.ToUpperInvariant(), username = user, name = user, team_id = "T000" },
            api_app_id = "A000",
            container = new { type = "message", message_ts = ts ?? "1.1", channel_id = Channel, is_ephemeral = false },
            channel = new { id = Channel, name = "review" },
            response_url = $"{Address}/respond",
            actions = new[] { new { action_id = action, block_id = "decision", type = "button", value, action_ts = "1548426417.840180" } },
        });
        string body = "payload=" + Uri.EscapeDataString(payload);
        string timestamp = $"{(at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds()}";
        byte[] mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/api/slack/interactions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(mac)}");
        return request;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, Func<HttpContext, JsonElement, (int Status, object Body)> answer)
    {
        JsonElement body = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        if (_troubles.TryDequeue(out RequestDelegate? trouble))
        {
            await trouble(http);
            return;
        }

        (int status, object made) = answer(http, body);
        http.Response.StatusCode = status;
        await (made is string word ? http.Response.WriteAsync(word) : http.Response.WriteAsJsonAsync(made));
        await _calls.Writer.WriteAsync(new SlackCall(http.Request.Path, body));
    }

    private (int Status, object Body) Hook(HttpContext http, JsonElement body) =>
        !http.Request.Path.Value!.EndsWith("/good", StringComparison.Ordinal) ? (404, "no_service")
        : SlackLimits.Breaks(body) ? (400, "invalid_blocks")
        : (200, "ok");

    private (int Status, object Body) Api(HttpContext http, JsonElement body)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Token}")
            return (200, new { ok = false, error = "invalid_auth" });
        if (body.GetProperty("channel").GetString() != Channel)
            return (200, new { ok = false, error = "channel_not_found" });
        if (SlackLimits.Breaks(body))
            return (200, new { ok = false, error = "invalid_blocks" });
        bool isUpdate = (string)http.Request.RouteValues["method"]! == "chat.update";
        string ts = isUpdate ? body.GetProperty("ts").GetString()! : $"1700000000.{Interlocked.Increment(ref _posted):000000}";
        if (isUpdate && !_messages.ContainsKey(ts))
            return (200, new { ok = false, error = "message_not_found" });
        _messages[ts] = body;
        return (200, new { ok = true, channel = Channel, ts });
    }
}

/// <summary>What Slack was asked.</summary>
internal sealed record SlackCall(string Path, JsonElement Body)
{
    /// <summary>Everything a reader sees.</summary>
    public string Text => string.Join('\n', Texts(Body.GetProperty("blocks")));

    /// <summary>The buttons' actions and what they say back.</summary>
    public IReadOnlyList<(string Action, string Value)> Buttons =>
    [
        .. from block in Body.GetProperty("blocks").EnumerateArray()
           where block.GetProperty("type").GetString() == "actions"
           from button in block.GetProperty("elements").EnumerateArray()
           select (button.GetProperty("action_id").GetString()!, button.GetProperty("value").GetString()!),
    ];

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member => member is { Name: "text", Value.ValueKind: JsonValueKind.String }
            ? [member.Value.GetString()!]
            : Texts(member.Value)),
        _ => [],
    };
}
