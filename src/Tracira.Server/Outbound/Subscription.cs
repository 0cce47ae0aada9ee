namespace Tracira.Server.Outbound;

/// <summary>Somebody outside who wants to hear of certain events of all logs of a workspace.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Url">Where to post.</param>
/// <param name="Events">Words of <see cref="LogEventNames.All"/>, each once, in ordinal order.</param>
/// <param name="Source">What sort of client it is, such as <c>n8n</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record Subscription(string Id, string Url, IReadOnlyList<string> Events, string Source, DateTimeOffset CreatedAt)
{
    /// <summary>Since when its receiver has failed; null where it has not, or not for long.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Whether both want the same sent to the same place.</summary>
    public bool IsLike(Subscription other) => Url == other.Url && Source == other.Source && Events.SequenceEqual(other.Events);
}
