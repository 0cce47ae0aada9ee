namespace Tracira.Server.Auth.KeyRing;

/// <summary>An element of the key ring as it is kept.</summary>
/// <param name="Xml">The element, where no <c>SecretKey</c> is set.</param>
/// <param name="Sealed">The element under the key that <c>SecretKey</c> gives, in Base64.</param>
internal sealed record KeyRingEntry(string? Xml, string? Sealed);
