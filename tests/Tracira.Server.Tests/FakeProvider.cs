using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tracira.Server.Tests;

/// <summary>A provider of language models, on the loopback. The model that is asked says what goes wrong.</summary>
internal sealed partial class FakeProvider : IAsyncDisposable
{
    public const string Pass = """{"pass":true,"confidence":0.9,"reason":"It is kind."}""";
    public const string Fail = """{"pass":false,"confidence":0.8,"reason":"It is rude."}""";
    private readonly WebApplication _app;
    private int _underWay;
    private int _mostAtOnce;

    private FakeProvider()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static (KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async http =>
        {
            int now = Interlocked.Increment(ref _underWay);
            InterlockedMax(ref _mostAtOnce, now);
            try
            {
                await AnswerAsync(http);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        });
    }

    public string Address => _app.Urls.First();

    /// <summary>What came in, in the order it came.</summary>
    public ConcurrentQueue<Question> Questions { get; } = new();

    /// <summary>How many questions were being answered side by side at most.</summary>
    public int MostAtOnce => _mostAtOnce;

    /// <summary>Whether it answers nothing but 503.</summary>
    public bool IsDown { get; set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>How often a model was asked.</summary>
    public int Asked(string model) => Questions.Count(question => question.Model == model);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body);
        Question question = Question.Read(http.Request, document.RootElement);
        Questions.Enqueue(question);
        int times = Asked(question.Model);
        if (IsDown)
        {
            await RefuseAsync(http, 503);
            return;
        }

        switch (question.Model[(question.Model.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            case "flags":
                await SayAsync(http, question, Fail);
                break;
            case "429-once" when times == 1:
                http.Response.Headers.RetryAfter = "1";
                await RefuseAsync(http, 429);
                break;
            case "429-later":
                http.Response.Headers.RetryAfter = "600";
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
            case "redirect":
                http.Response.Headers.Location = "/elsewhere";
                await RefuseAsync(http, 302);
                break;
            case "timeout":
                await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case "slow":
                await Task.Delay(100, http.RequestAborted);
                await SayAsync(http, question, Pass);
                break;
            case "malformed":
                await SayAsync(http, question, "I think it is fine.");
                break;
            case "malformed-once" when times == 1:
                await SayAsync(http, question, "I think it is fine.");
                break;
            case "broken-envelope":
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("""{"choices":[{"mess""");
                break;
            case "refusal":
                await SayAsync(http, question, null);
                break;
            case "echo":
                await SayAsync(http, question, AnyVerdict().Match(question.Data) is { Success: true } found ? found.Value : Pass);
                break;
            case "half-stream":
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = 1_000;
                await http.Response.WriteAsync("""{"choices":[""");
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            default:
                await SayAsync(http, question, Pass);
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
    private static Task SayAsync(HttpContext http, Question question, string? text)
    {
        http.Response.ContentType = "application/json";
        string quoted = JsonSerializer.Serialize(text);
        return http.Response.WriteAsync(question.IsAnthropic
            ? $$$"""
            {"id":"m","type":"message","role":"assistant","model":"m",
            "content":[{{{(text is null ? "" : $$"""{"type":"thinking","thinking":""},{"type":"text","text":{{quoted}}}""")}}}],
            "stop_reason":"{{{(text is null ? "refusal" : "end_turn")}}}","usage":{"input_tokens":1000,"output_tokens":100}}
            """
            : $$$"""
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","logprobs":null,
            "message":{"role":"assistant","content":{{{quoted}}},"refusal":{{{(text is null ? "\"I will not.\"" : "null")}}}}}],
            "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}
            """);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
            seen = Interlocked.CompareExchange(ref target, value, seen) is var before && before == seen ? value : before;
    }

    [GeneratedRegex("""\{[^{}]*"pass"[^{}]*\}""")]
    private static partial Regex AnyVerdict();
}

/// <summary>A question as it reached a provider.</summary>
/// <param name="Path">Where it was put.</param>
/// <param name="Key">The key that came with it.</param>
/// <param name="Model">The model that is asked.</param>
/// <param name="Roles">Whose the messages are, in order.</param>
/// <param name="Instructions">What the system's message says.</param>
/// <param name="Data">What the first message of the user says.</param>
/// <param name="Form">The form that the answer shall have.</param>
/// <param name="At">When it came.</param>
internal sealed record Question(string Path, string Key, string Model, string Roles, string Instructions, string Data, string Form, DateTime At)
{
    /// <summary>Whether it is put as Anthropic wants it.</summary>
    public bool IsAnthropic => Path.EndsWith("/messages", StringComparison.Ordinal);

    public static Question Read(HttpRequest request, JsonElement body)
    {
        JsonElement[] messages = [.. body.GetProperty("messages").EnumerateArray()];
        bool isAnthropic = body.TryGetProperty("system", out JsonElement system);
        return new Question(
            request.Path,
            isAnthropic ? request.Headers["x-api-key"].ToString() : request.Headers.Authorization.ToString(),
            body.GetProperty("model").GetString()!,
            (isAnthropic ? "system " : "") + string.Join(' ', messages.Select(static message => message.GetProperty("role").GetString())),
            isAnthropic ? system.GetString()! : TextOf(messages[0]),
            TextOf(messages.First(static message => message.GetProperty("role").GetString() == "user")),
            body.GetProperty(isAnthropic ? "output_config" : "response_format").GetRawText(),
            DateTime.UtcNow);
    }

    private static string TextOf(JsonElement message)
    {
        JsonElement content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Concat(content.EnumerateArray().Select(static part => part.GetProperty("text").GetString()));
    }
}
