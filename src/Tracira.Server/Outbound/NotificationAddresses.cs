using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

/// <summary>Where people are told of logs, as the addresses of outbox messages. They hold no secret: those stay in the settings.</summary>
internal static class NotificationAddresses
{
    /// <summary>What a channel is led by, to which a bot posts.</summary>
    public const string Slack = "slack:";

    /// <summary>Slack by its incoming webhook.</summary>
    public const string SlackWebhook = "slack:webhook";

    /// <summary>What a mail address is led by.</summary>
    public const string Mail = "mailto:";

    /// <summary>The address of Slack; null where it is not set up. With a bot messages can be answered, so it goes before the webhook.</summary>
    public static string? SlackOf(WorkspaceSettings settings) =>
        settings is { SealedSlackBotToken: not null, SlackChannelId: { } channel } ? Slack + channel
        : settings.SealedSlackWebhookUrl is not null ? SlackWebhook
        : null;

    /// <summary>Whether what was sent to an address can be changed afterwards.</summary>
    public static bool CanBeUpdated(string url) => url.StartsWith(Slack, StringComparison.Ordinal) && url != SlackWebhook;

    /// <summary>The addresses that want to hear of a workspace's logs, and of which events.</summary>
    /// <param name="settings">What the workspace has set up.</param>
    /// <param name="canMail">Whether there is a mail server.</param>
    public static IEnumerable<(string Url, LogEvents Events)> Of(WorkspaceSettings settings, bool canMail)
    {
        if (settings.SlackNotificationsEnabled != false && SlackOf(settings) is { } slack)
        {
            LogEvents events = Wanted(settings.NotifyOnFlag, settings.NotifyOnFail);
            if (events != LogEvents.None && slack != SlackWebhook)
                events |= LogEvents.Decided & ~LogEvents.Taught; // to update the message; what had passed has none
            yield return (slack, events);
        }

        if (canMail && settings.EmailNotificationsEnabled != false && settings.NotificationEmail is { } email)
            yield return (Mail + email, Wanted(settings.EmailOnFlag, settings.EmailOnFail));
    }

    private static LogEvents Wanted(bool? onFlag, bool? onFail) =>
        (onFlag == false ? LogEvents.None : LogEvents.Flagged) | (onFail == false ? LogEvents.None : LogEvents.Error);
}
