using System.Text.Json.Nodes;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound.Slack;

/// <summary>Posts what waits for a person to Slack, and updates it when somebody has decided, wherever that was.</summary>
internal sealed class SlackSender(SettingsDirectory settings, SlackApi slack, SlackPosts posts, LinkBase links) : IMessageSender, ITestableChannel
{
    private const string Decided = "log.decided";
    private const string NoToken = "The bot token is gone or can no longer be opened. Set slackBotToken anew.";
    private const string NoWebhook = "The webhook is gone or can no longer be opened. Set slackWebhookUrl anew.";

    public string Channel => "slack";

    public bool Serves(string url) => url.StartsWith(NotificationAddresses.Slack, StringComparison.Ordinal);

    public async Task<SendResult> SendAsync(OutboxMessage message, Log log, CancellationToken cancellationToken)
    {
        WorkspaceSettings set = await settings.GetAsync(message.WorkspaceId, cancellationToken).ConfigureAwait(false);
        if (message.Url == NotificationAddresses.SlackWebhook)
            return await PostToWebhookAsync(set, MessageAbout(log, subject: null), cancellationToken).ConfigureAwait(false);
        if (settings.Open(set.SealedSlackBotToken) is not { } token)
            return SendResult.Gone(NoToken);
        IReadOnlyList<SlackPost> posted = await posts.FindAsync(log.WorkspaceId, log.Id).ConfigureAwait(false);
        if (message.Event == Decided || log.Status == LogStatus.Pass)
            return await UpdateAsync(posted, log, token, cancellationToken).ConfigureAwait(false); // it waits for nobody any more
        if (posted.Any(post => post.MessageId == message.Id))
            return SendResult.Delivered(); // posted before a crash that forgot it

        // Nobody can answer a click whose signature cannot be checked: then there is nothing to click on.
        string? subject = set.SealedSlackSigningSecret is null ? null : new SlackSubject(log.WorkspaceId, log.Id).ToString();
        JsonObject body = MessageAbout(log, subject);
        body["channel"] = message.Url[NotificationAddresses.Slack.Length..];
        SlackAnswer answer = await slack.CallAsync("chat.postMessage", token, body, cancellationToken).ConfigureAwait(false);
        if (answer is { IsDone: true, Channel: { } channel, Ts: { } ts })
            await posts.AddAsync(log.WorkspaceId, log.Id, new SlackPost(channel, ts, message.Id)).ConfigureAwait(false);
        return ResultOf(answer);
    }

    public async Task<SendResult> TestAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        WorkspaceSettings set = await settings.GetAsync(workspace.Id, cancellationToken).ConfigureAwait(false);
        JsonObject body = SlackMessages.Test(workspace.Name);
        switch (NotificationAddresses.SlackOf(set))
        {
            case null:
                return SendResult.Gone("Slack is not set up. Set slackWebhookUrl, or slackBotToken and slackChannelId.");
            case NotificationAddresses.SlackWebhook:
                return await PostToWebhookAsync(set, body, cancellationToken).ConfigureAwait(false);
            default:
                if (settings.Open(set.SealedSlackBotToken) is not { } token)
                    return SendResult.Gone(NoToken);
                body["channel"] = set.SlackChannelId;
                return ResultOf(await slack.CallAsync("chat.postMessage", token, body, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<SendResult> PostToWebhookAsync(WorkspaceSettings set, JsonObject body, CancellationToken cancellationToken) =>
        settings.Open(set.SealedSlackWebhookUrl) is { } address
            ? ResultOf(await slack.PostAsync(new Uri(address), body, cancellationToken).ConfigureAwait(false))
            : SendResult.Gone(NoWebhook);

    private async Task<SendResult> UpdateAsync(IReadOnlyList<SlackPost> posted, Log log, string token, CancellationToken cancellationToken)
    {
        foreach (SlackPost post in posted)
        {
            JsonObject body = MessageAbout(log, subject: null);
            body["channel"] = post.Channel;
            body["ts"] = post.Ts;
            SlackAnswer answer = await slack.CallAsync("chat.update", token, body, cancellationToken).ConfigureAwait(false);
            if (answer is { IsDone: false, IsAboutNothing: false })
                return ResultOf(answer);
        }

        if (posted.Count > 0)
            await posts.ForgetAsync(log.WorkspaceId, log.Id).ConfigureAwait(false);
        return SendResult.Delivered();
    }

    private JsonObject MessageAbout(Log log, string? subject) => SlackMessages.About(Notice.Of(log, links.LogPage(log.Id)), log.Decision, subject);

    private static SendResult ResultOf(SlackAnswer answer)
    {
        int? status = answer.Status == 0 ? null : answer.Status;
        return answer.IsDone ? SendResult.Delivered(status)
            : answer.IsPassing ? SendResult.Retry(answer.Explanation, status, answer.RetryAfter)
            : SendResult.Gone(answer.Explanation, status);
    }
}
