using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tracira.Server.Tests;

/// <summary>A provider of language models, on the loopback. The model that is asked says what goes wrong.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string Pass = """{"pass":true,"confidence":0.9,"reason":"It is kind."}""";
    public const string Fail = """{"pass":false,"confidence":0.8,"reason":"It is rude."}""";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private FakeProvider()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static (KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.First();

    /// <summary>The bodies that came in.</summary>
    public ConcurrentQueue<JsonElement> Bodies { get; } = new();

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>How often a model was asked.</summary>
    public int Asked(string model) => _asked.GetValueOrDefault(model);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body);
        JsonElement body = document.RootElement.Clone();
        Bodies.Enqueue(body);
        bool anthropic = http.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal);
        string model = body.GetProperty("model").GetString()!;
        int times = _asked.AddOrUpdate(model, 1, static (_, count) => count + 1);
        switch (model[(model.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            case "flags":
                await SayAsync(http, anthropic, Fail);
                break;
            case "429-once" when times == 1:
                http.Response.Headers.RetryAfter = "1";
                await RefuseAsync(http, 429);
                break;
            case "500":
                await RefuseAsync(http, 500);
                break;
            case "529":
                await RefuseAsync(http, 529);
                break;
            case "401":
                await RefuseAsync(http, 401);
                break;
            case "timeout":
                await Task.Delay(TimeSpan.FromSeconds(5), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case "malformed":
                await SayAsync(http, anthropic, "I think it is fine.");
                break;
            case "malformed-once" when times == 1:
                await SayAsync(http, anthropic, "I think it is fine.");
                break;
            case "broken-envelope":
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("""{"choices":[{"mess""");
                break;
            case "refusal":
                await SayAsync(http, anthropic, null);
                break;
            case "cut":
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = 1_000;
                await http.Response.WriteAsync("""{"choices":[""");
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            default:
                await SayAsync(http, anthropic, Pass);
                break;
        }
    }

    private static Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("""{"error":{"type":"trouble","message":"no luck"}}""");
    }

    // Null is a refusal, as each of them words it.
    private static Task SayAsync(HttpContext http, bool anthropic, string? text)
    {
        http.Response.ContentType = "application/json";
        string quoted = JsonSerializer.Serialize(text);
        bool isJson = text?.StartsWith('{') == true;
        return http.Response.WriteAsync(anthropic
            ? $$$"""
            {"id":"m","type":"message","role":"assistant","model":"m","content":[{{{(text is null ? "" : isJson
                ? $$"""{"type":"tool_use","id":"t","name":"give_verdict","input":{{text}}}""" : $$"""{"type":"text","text":{{quoted}}}""")}}}],
            "stop_reason":"{{{(text is null ? "refusal" : "tool_use")}}}","usage":{"input_tokens":1000,"output_tokens":100}}
            """
            : $$$"""
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","logprobs":null,
            "message":{"role":"assistant","content":{{{quoted}}},"refusal":{{{(text is null ? "\"I will not.\"" : "null")}}}}}],
            "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}
            """);
    }
}
