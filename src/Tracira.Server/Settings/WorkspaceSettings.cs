using Tracira.Server.Outbound;

namespace Tracira.Server.Settings;

/// <summary>
/// What a workspace has set up. Null where nobody has chosen: a switch is on then, for nothing is sent as long as there is no address.
/// What begins with Sealed is encrypted; <see cref="SettingsDirectory"/> opens it.
/// </summary>
internal sealed record WorkspaceSettings
{
    public bool? OnboardingDismissed { get; init; }

    public string? Color { get; init; }

    /// <summary>What an AI mistake costs that reaches a customer, in US dollars, as the workspace estimates it.</summary>
    public double? EstimatedIncidentCostUsd { get; init; }

    /// <summary>How many days logs are kept, 0 for ever; null for the server's own setting.</summary>
    public int? RetentionDays { get; init; }

    public bool? SlackNotificationsEnabled { get; init; }

    public string? SealedSlackWebhookUrl { get; init; }

    public string? SlackChannelId { get; init; }

    /// <summary>What the Slack app may post and update messages with: <c>xoxb-…</c>. With a channel it goes before the webhook.</summary>
    public string? SealedSlackBotToken { get; init; }

    /// <summary>What Slack signs the clicks on a message's buttons with. Without it messages have no buttons.</summary>
    public string? SealedSlackSigningSecret { get; init; }

    /// <summary>Whether Slack hears of flagged logs.</summary>
    public bool? NotifyOnFlag { get; init; }

    /// <summary>Whether Slack hears of logs whose evaluation ended in error.</summary>
    public bool? NotifyOnFail { get; init; }

    public bool? EmailNotificationsEnabled { get; init; }

    public string? NotificationEmail { get; init; }

    /// <summary>Whether a mail is sent for flagged logs.</summary>
    public bool? EmailOnFlag { get; init; }

    /// <summary>Whether a mail is sent for logs whose evaluation ended in error.</summary>
    public bool? EmailOnFail { get; init; }

    public bool? WebhookEnabled { get; init; }

    public string? OutboundWebhookUrl { get; init; }

    /// <summary>Words of <see cref="LogEventNames.Webhook"/>; null for all of them.</summary>
    public IReadOnlyList<string>? OutboundWebhookEvents { get; init; }

    /// <summary>What outbound messages are signed with: <c>whsec_</c> and base64.</summary>
    public string? SealedWebhookSecret { get; init; }

    /// <summary>What they were signed with before; signs too until <see cref="PreviousWebhookSecretUntil"/>.</summary>
    public string? SealedPreviousWebhookSecret { get; init; }

    public DateTimeOffset? PreviousWebhookSecretUntil { get; init; }

    /// <summary>The provider of judge rules that name none: one of <see cref="JudgeProviders"/>.</summary>
    public string? DefaultJudgeProvider { get; init; }

    public string? SealedOpenaiApiKey { get; init; }

    /// <summary>Where the workspace reaches what speaks as OpenAI does; null for OpenAI itself, or what the operator chose.</summary>
    public string? OpenaiBaseUrl { get; init; }

    public string? OpenaiJudgeModel { get; init; }

    public string? SealedAnthropicApiKey { get; init; }

    public string? AnthropicJudgeModel { get; init; }

    public string? SealedOpenrouterApiKey { get; init; }

    public string? OpenrouterJudgeModel { get; init; }

    /// <summary>The providers that a judge can be asked of.</summary>
    public static IReadOnlyList<string> JudgeProviders { get; } = ["anthropic", "openai", "openrouter"];
}
