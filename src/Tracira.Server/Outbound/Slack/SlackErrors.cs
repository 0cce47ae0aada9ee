namespace Tracira.Server.Outbound.Slack;

/// <summary>Slack's words for what is wrong, and what people can do about it.</summary>
internal static class SlackErrors
{
    private const string NewToken = "Install the app to your Slack workspace again and set slackBotToken to its new token.";
    private const string NewWebhook = "Make a new incoming webhook and set slackWebhookUrl to it.";

    /// <summary>Whether the same may work later without anybody doing something about it.</summary>
    public static bool IsPassing(string? error) => error is "ratelimited" or "rate_limited" or "internal_error" or "fatal_error"
        or "service_unavailable" or "request_timeout" or "team_added_to_org" or "org_login_required" or "rollup_error" or "no_json";

    /// <summary>Says it in plain words; Slack's own word stays with them, for its documentation knows that.</summary>
    /// <param name="error">Slack's word.</param>
    /// <param name="needed">For a missing permission: which.</param>
    public static string Explain(string error, string? needed)
    {
        string words = error switch
        {
            "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" => $"Slack does not accept the bot token. {NewToken}",
            "not_allowed_token_type" => "Slack wants a bot token here. Set slackBotToken to the one that begins with xoxb-.",
            "missing_scope" => $"The Slack app lacks the permission {needed ?? "chat:write"}. Add it to the app and install the app again.",
            "channel_not_found" => "Slack finds no such channel, or none that the app may see. Check slackChannelId, and invite the app to the channel.",
            "not_in_channel" => "The Slack app is not in the channel. Invite it there.",
            "is_archived" or "channel_is_archived" => "The Slack channel is archived. Choose another one.",
            "no_permission" or "restricted_action" or "action_prohibited" or "posting_to_general_channel_denied" =>
                "Slack does not let the app post to the channel. An admin of your Slack workspace can change that.",
            "no_service" or "no_service_id" or "no_active_hooks" or "invalid_token" or "no_team" or "team_disabled" =>
                $"Slack does not know the webhook any more. {NewWebhook}",
            "invalid_payload" or "invalid_blocks" or "invalid_blocks_format" or "msg_too_long" or "msg_blocks_too_long" =>
                "Slack does not take the message as it is written.",
            "no_json" => "What answered is not Slack.",
            _ => "Slack refuses.",
        };
        return $"{words} (Slack says: {error})";
    }
}
