namespace Tracira.Server.Outbound;

/// <summary>Thrown when a request may not go where it was to go.</summary>
/// <param name="uri">Where.</param>
/// <param name="reason">Why not, as the end of a sentence about the address.</param>
internal sealed class OutboundRefusedException(string uri, string reason) : Exception($"{uri} {reason}.");
