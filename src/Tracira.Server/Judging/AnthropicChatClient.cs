using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tracira.Server.Judging;

/// <summary>
/// Anthropic's Messages API as a chat client, without streaming. Their own library reflects, which native code cannot. The form of the
/// answer is asked for as structured output: a tool that the model has to use would do too, but models that always think refuse that.
/// </summary>
internal sealed class AnthropicChatClient(HttpClient http, JudgeEndpoint endpoint) : IChatClient
{
    // A verdict takes a hundred; the rest is for models that think before they speak.
    private const int MaxTokens = 8_192;

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] all = [.. messages];
        var body = new AnthropicRequest(
            endpoint.Model,
            MaxTokens,
            string.Join("\n\n", all.Where(static message => message.Role == ChatRole.System).Select(static message => message.Text)),
            [.. all.Where(static message => message.Role != ChatRole.System).Select(static message => new AnthropicTurn(message.Role.Value, message.Text))],
            new AnthropicOutput(new AnthropicFormat("json_schema", JudgeReply.Schema)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.BaseUrl, "messages"));
        request.Headers.Add("x-api-key", endpoint.ApiKey);
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Content = new StringContent(JsonSerializer.Serialize(body, AnthropicJson.Default.AnthropicRequest), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] utf8 = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return Read(JsonSerializer.Deserialize(utf8, AnthropicJson.Default.AnthropicAnswer));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A verdict is of no use before it is whole.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The connection belongs to ProviderConnections.
    }

    private static ChatResponse Read(AnthropicAnswer? answer)
    {
        if (answer?.Content is null)
            throw new JsonException("The answer has no content.");
        string text = string.Concat(answer.Content.Where(static block => block.Type == "text").Select(static block => block.Text));
        var message = new ChatMessage(ChatRole.Assistant, text);
        if (answer.StopReason == "refusal")
            message.Contents.Add(new ErrorContent("the model refused") { ErrorCode = "Refusal" });
        return new ChatResponse(message)
        {
            Usage = answer.Usage is { } usage ? new UsageDetails { InputTokenCount = usage.InputTokens, OutputTokenCount = usage.OutputTokens } : null,
        };
    }
}
