using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracira.Server.Judging;

/// <summary>The body of a call to Anthropic's Messages API, as far as judging needs it.</summary>
internal sealed record AnthropicRequest(
    string Model, int MaxTokens, string System, IReadOnlyList<AnthropicTurn> Messages, IReadOnlyList<AnthropicTool> Tools, AnthropicChoice ToolChoice);

internal sealed record AnthropicTurn(string Role, string Content);

internal sealed record AnthropicTool(string Name, string Description, JsonElement InputSchema);

internal sealed record AnthropicChoice(string Type, string Name);

internal sealed record AnthropicAnswer(IReadOnlyList<AnthropicBlock>? Content, string? StopReason, AnthropicUsage? Usage);

internal sealed record AnthropicBlock(string? Type, string? Text, JsonElement Input);

internal sealed record AnthropicUsage(long InputTokens, long OutputTokens);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnthropicRequest))]
[JsonSerializable(typeof(AnthropicAnswer))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
