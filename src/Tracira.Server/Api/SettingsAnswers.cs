using Tracira.Server.Auth;
using Tracira.Server.Outbound;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>The workspace's settings as its members may see them: of secrets no more than their last characters.</summary>
internal sealed record SettingsAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string WorkspaceName { get; init; }

    public string? Color { get; init; }

    public required string WebhookToken { get; init; }

    public required string TokenScope { get; init; }

    public required bool OnboardingDismissed { get; init; }

    public double? EstimatedIncidentCostUsd { get; init; }

    public int? RetentionDays { get; init; }

    public required bool SlackNotificationsEnabled { get; init; }

    public string? SlackWebhookUrl { get; init; }

    public string? SlackChannelId { get; init; }

    public string? SlackBotToken { get; init; }

    public string? SlackSigningSecret { get; init; }

    public required bool NotifyOnFlag { get; init; }

    public required bool NotifyOnFail { get; init; }

    public required bool EmailNotificationsEnabled { get; init; }

    public string? NotificationEmail { get; init; }

    public required bool EmailOnFlag { get; init; }

    public required bool EmailOnFail { get; init; }

    public required bool WebhookEnabled { get; init; }

    public string? OutboundWebhookUrl { get; init; }

    public required IReadOnlyList<string> OutboundWebhookEvents { get; init; }

    public string? WebhookSecret { get; init; }

    public string? DefaultJudgeProvider { get; init; }

    public string? OpenaiApiKey { get; init; }

    public string? OpenaiBaseUrl { get; init; }

    public string? OpenaiJudgeModel { get; init; }

    public string? AnthropicApiKey { get; init; }

    public string? AnthropicJudgeModel { get; init; }

    public string? OpenrouterApiKey { get; init; }

    public string? OpenrouterJudgeModel { get; init; }

    public required string CurrentUserRole { get; init; }

    public required bool CanManageWorkspace { get; init; }

    public required UsageItem Usage { get; init; }

    public static SettingsAnswer Of(Caller caller, WorkspaceSettings settings, SettingsDirectory directory, UsageItem usage) => new()
    {
        Id = caller.Workspace.Id,
        Name = caller.Workspace.Name,
        WorkspaceName = caller.Workspace.Name,
        Color = settings.Color,
        WebhookToken = SettingsDirectory.Mask(caller.Workspace.WebhookToken),
        TokenScope = WireNames.Scope[caller.Workspace.TokenScope],
        OnboardingDismissed = settings.OnboardingDismissed ?? false,
        EstimatedIncidentCostUsd = settings.EstimatedIncidentCostUsd,
        RetentionDays = settings.RetentionDays,
        SlackNotificationsEnabled = settings.SlackNotificationsEnabled ?? true,
        SlackWebhookUrl = directory.MaskSealed(settings.SealedSlackWebhookUrl),
        SlackChannelId = settings.SlackChannelId,
        SlackBotToken = directory.MaskSealed(settings.SealedSlackBotToken),
        SlackSigningSecret = directory.MaskSealed(settings.SealedSlackSigningSecret),
        NotifyOnFlag = settings.NotifyOnFlag ?? true,
        NotifyOnFail = settings.NotifyOnFail ?? true,
        EmailNotificationsEnabled = settings.EmailNotificationsEnabled ?? true,
        NotificationEmail = settings.NotificationEmail,
        EmailOnFlag = settings.EmailOnFlag ?? true,
        EmailOnFail = settings.EmailOnFail ?? true,
        WebhookEnabled = settings.WebhookEnabled ?? true,
        OutboundWebhookUrl = settings.OutboundWebhookUrl,
        OutboundWebhookEvents = settings.OutboundWebhookEvents ?? LogEventNames.Webhook.Names,
        WebhookSecret = directory.MaskSealed(settings.SealedWebhookSecret),
        DefaultJudgeProvider = settings.DefaultJudgeProvider,
        OpenaiApiKey = directory.MaskSealed(settings.SealedOpenaiApiKey),
        OpenaiBaseUrl = settings.OpenaiBaseUrl,
        OpenaiJudgeModel = settings.OpenaiJudgeModel,
        AnthropicApiKey = directory.MaskSealed(settings.SealedAnthropicApiKey),
        AnthropicJudgeModel = settings.AnthropicJudgeModel,
        OpenrouterApiKey = directory.MaskSealed(settings.SealedOpenrouterApiKey),
        OpenrouterJudgeModel = settings.OpenrouterJudgeModel,
        CurrentUserRole = RoleOf(caller),
        CanManageWorkspace = caller.Permissions.HasFlag(Permissions.Manage),
        Usage = usage,
    };

    private static string RoleOf(Caller caller) =>
        caller.Permissions.HasFlag(Permissions.Manage) ? "admin"
        : caller.Permissions.HasFlag(Permissions.Review) ? "reviewer"
        : "viewer";
}

/// <summary>What a workspace uses. Storage is the server's whole data folder; the month is the calendar's, in UTC.</summary>
internal sealed record UsageItem(long LogsTotal, long LogsThisMonth, long MediaBytes, long StorageBytes);

/// <summary>A secret to verify signatures with, shown this once.</summary>
internal sealed record WebhookSecretAnswer(string WebhookSecret);
