using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracira.Server.Judging;

/// <summary>The body of a call to Anthropic's Messages API, as far as judging needs it.</summary>
internal sealed record AnthropicRequest(
    string Model, int MaxTokens, string System, IReadOnlyList<AnthropicTurn> Messages, AnthropicOutput OutputConfig);

internal sealed record AnthropicTurn(string Role, string Content);

internal sealed record AnthropicOutput(AnthropicFormat Format);

internal sealed record AnthropicFormat(string Type, JsonElement Schema);

internal sealed record AnthropicAnswer(IReadOnlyList<AnthropicBlock>? Content, string? StopReason, AnthropicUsage? Usage);

internal sealed record AnthropicBlock(string? Type, string? Text);

internal sealed record AnthropicUsage(long InputTokens, long OutputTokens);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnthropicRequest))]
[JsonSerializable(typeof(AnthropicAnswer))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
