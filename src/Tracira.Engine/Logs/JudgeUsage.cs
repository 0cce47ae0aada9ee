namespace Tracira;

/// <summary>What asking a judge took.</summary>
/// <param name="InputTokens">Tokens that the model read.</param>
/// <param name="OutputTokens">Tokens that the model wrote.</param>
/// <param name="CostUsd">What they cost, in US dollars; null where the model's price is not known.</param>
public sealed record JudgeUsage(long InputTokens, long OutputTokens, double? CostUsd);
