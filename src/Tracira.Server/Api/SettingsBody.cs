namespace Tracira.Server.Api;

/// <summary>Settings to change; absent ones stay, null and empty ones are cleared.</summary>
internal sealed record SettingsBody
{
    public string? WorkspaceName { get; init; }

    public string? TokenScope { get; init; }

    public string? Color { get; init; }

    public bool? OnboardingDismissed { get; init; }

    public double? EstimatedIncidentCostUsd { get; init; }

    public int? RetentionDays { get; init; }

    public bool? SlackNotificationsEnabled { get; init; }

    public string? SlackWebhookUrl { get; init; }

    public string? SlackChannelId { get; init; }

    public string? SlackBotToken { get; init; }

    public string? SlackSigningSecret { get; init; }

    public bool? NotifyOnFlag { get; init; }

    public bool? NotifyOnFail { get; init; }

    public bool? EmailNotificationsEnabled { get; init; }

    public string? NotificationEmail { get; init; }

    public bool? EmailOnFlag { get; init; }

    public bool? EmailOnFail { get; init; }

    public bool? WebhookEnabled { get; init; }

    public string? OutboundWebhookUrl { get; init; }

    public IReadOnlyList<string>? OutboundWebhookEvents { get; init; }

    public string? DefaultJudgeProvider { get; init; }

    public string? OpenaiApiKey { get; init; }

    public string? OpenaiBaseUrl { get; init; }

    public string? OpenaiJudgeModel { get; init; }

    public string? AnthropicApiKey { get; init; }

    public string? AnthropicJudgeModel { get; init; }

    public string? OpenrouterApiKey { get; init; }

    public string? OpenrouterJudgeModel { get; init; }
}
