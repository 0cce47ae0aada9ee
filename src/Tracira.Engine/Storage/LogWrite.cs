namespace Tracira;

/// <summary>A log as it shall be kept, with the messages that gives rise to.</summary>
/// <param name="Log">The log.</param>
/// <param name="Messages">What somebody outside wants to hear of it.</param>
public sealed record LogWrite(Log Log, IReadOnlyList<OutboxMessage> Messages);
