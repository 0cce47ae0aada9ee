namespace Tracira.Server.Outbound.Slack;

/// <summary>What Slack answered.</summary>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Error">Slack's word for what is wrong; null where all is well.</param>
internal sealed record SlackAnswer(int Status, string? Error)
{
    private const string NoAnswer = "no_answer";

    /// <summary>For a missing permission: which.</summary>
    public string? Needed { get; init; }

    /// <summary>The id of the channel posted to.</summary>
    public string? Channel { get; init; }

    /// <summary>The message posted.</summary>
    public string? Ts { get; init; }

    /// <summary>When to try again, where Slack says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What happened, where Slack has no word for it, as the end of a sentence about Slack.</summary>
    private string? Trouble { get; init; }

    public bool IsDone => Error is null;

    /// <summary>Whether the same may work later without anybody doing something about it.</summary>
    public bool IsPassing => Error is NoAnswer || Status == 429 || Status >= 500 || SlackErrors.IsPassing(Error);

    /// <summary>Whether the message is not there to be updated any more.</summary>
    public bool IsAboutNothing => Error is "message_not_found" or "channel_not_found" or "cant_update_message" or "edit_window_closed" or "is_archived";

    /// <summary>What is wrong and what to do about it, in a sentence or two.</summary>
    public string Explanation =>
        Trouble is not null ? $"Slack {Trouble}."
        : Status == 429 ? "Slack takes no more messages for the moment (429)."
        : Error is NoAnswer ? $"Slack failed with status {Status}."
        : SlackErrors.Explain(Error ?? "", Needed);

    public static SlackAnswer Unreachable(string trouble) => new(0, NoAnswer) { Trouble = trouble.TrimEnd('.') };

    public static SlackAnswer Refused(string reason) => new(0, "refused") { Trouble = $"is not asked: {reason.TrimEnd('.')}" };
}
