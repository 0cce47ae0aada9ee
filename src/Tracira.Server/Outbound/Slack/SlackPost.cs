namespace Tracira.Server.Outbound.Slack;

/// <summary>A message that was posted.</summary>
/// <param name="Channel">Slack's id of the channel.</param>
/// <param name="Ts">Slack's name for a message in its channel: the moment it was posted, as text.</param>
/// <param name="MessageId">The outbox message it was posted for; null where that is not known.</param>
internal sealed record SlackPost(string Channel, string Ts, string? MessageId)
{
    public bool IsSameAs(SlackPost other) => Channel == other.Channel && Ts == other.Ts;
}
