namespace Tracira.Server.Judging;

/// <summary>Thrown when a provider gave no answer that could be read.</summary>
/// <param name="message">What happened, as a sentence without its end.</param>
internal sealed class ProviderException(string message) : Exception(message);
