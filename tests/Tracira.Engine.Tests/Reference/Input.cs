namespace Tracira.Engine.Tests.Reference;

/// <summary>What is handed to an evaluation.</summary>
/// <param name="Output">The text.</param>
/// <param name="Confidence">The model's own confidence.</param>
/// <param name="Action">What the AI proposes to do, as JSON; empty where it proposes nothing.</param>
internal sealed record Input(string Output, double? Confidence = null, string Action = "");
