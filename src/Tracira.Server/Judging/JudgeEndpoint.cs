namespace Tracira.Server.Judging;

/// <summary>Whom to ask.</summary>
/// <param name="Provider"><c>openai</c>, <c>openrouter</c> or <c>anthropic</c>: the language it speaks.</param>
/// <param name="BaseUrl">Where it is, with a slash at the end.</param>
/// <param name="ApiKey">The key; empty where none is needed.</param>
/// <param name="Model">The model.</param>
/// <param name="IsOperators">Whether the server's operator chose the address, who may choose one inside the server's own network.</param>
internal sealed record JudgeEndpoint(string Provider, Uri BaseUrl, string ApiKey, string Model, bool IsOperators);
