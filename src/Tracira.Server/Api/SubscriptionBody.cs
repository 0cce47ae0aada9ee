namespace Tracira.Server.Api;

/// <summary>An address and the events it wants to hear of.</summary>
internal sealed record SubscriptionBody(string Url, IReadOnlyList<string> Events)
{
    public string? Source { get; init; }
}
