using System.Text.RegularExpressions;
using Tracira.Server.Api;
using Tracira.Server.Outbound;

namespace Tracira.Server.Settings;

/// <summary>Reads the fields of PATCH /api/settings over what was set before: absent ones stay, null and blank ones are cleared.</summary>
internal sealed partial class SettingsReader
{
    private const int MaxText = 200;
    private const int MaxSecret = 500;
    private const int MaxEmail = 254;

    private readonly SettingsDirectory _directory;
    private readonly OutboundGuard _guard;
    private readonly Field[] _all;

    public SettingsReader(SettingsDirectory directory, OutboundGuard guard)
    {
        _directory = directory;
        _guard = guard;
        _all =
        [
            new("onboardingDismissed", static (fields, name, was) => was with { OnboardingDismissed = fields.Boolean(name) }),
            new("color", static (fields, name, was) => was with { Color = fields.Text(name, MaxText) }),
            new("estimatedIncidentCostUsd", static (fields, name, was) => was with { EstimatedIncidentCostUsd = Dollars(fields, name) }),
            new("retentionDays", static (fields, name, was) => was with { RetentionDays = fields.Days(name) }),
            new("slackNotificationsEnabled", static (fields, name, was) => was with { SlackNotificationsEnabled = fields.Boolean(name) }),
            new("slackWebhookUrl", (fields, name, was) => was with { SealedSlackWebhookUrl = SecretUrl(fields, name, was.SealedSlackWebhookUrl) }),
            new("slackChannelId", static (fields, name, was) => was with { SlackChannelId = fields.Text(name, MaxText) }),
            new("slackBotToken", (fields, name, was) => was with { SealedSlackBotToken = Secret(fields, name, was.SealedSlackBotToken) }),
            new("slackSigningSecret", (fields, name, was) => was with { SealedSlackSigningSecret = Secret(fields, name, was.SealedSlackSigningSecret) }),
            new("notifyOnFlag", static (fields, name, was) => was with { NotifyOnFlag = fields.Boolean(name) }),
            new("notifyOnFail", static (fields, name, was) => was with { NotifyOnFail = fields.Boolean(name) }),
            new("emailNotificationsEnabled", static (fields, name, was) => was with { EmailNotificationsEnabled = fields.Boolean(name) }),
            new("notificationEmail", static (fields, name, was) => was with { NotificationEmail = Email(fields, name) }),
            new("emailOnFlag", static (fields, name, was) => was with { EmailOnFlag = fields.Boolean(name) }),
            new("emailOnFail", static (fields, name, was) => was with { EmailOnFail = fields.Boolean(name) }),
            new("webhookEnabled", static (fields, name, was) => was with { WebhookEnabled = fields.Boolean(name) }),
            new("outboundWebhookUrl", (fields, name, was) => was with { OutboundWebhookUrl = Url(fields, name) }),
            new("outboundWebhookEvents", static (fields, name, was) => was with { OutboundWebhookEvents = Events(fields, name, was.OutboundWebhookEvents) }),
            new("defaultJudgeProvider", static (fields, name, was) => was with { DefaultJudgeProvider = Provider(fields, name) }),
            new("openaiBaseUrl", (fields, name, was) => OtherAddress(was, Url(fields, name))), // before the key, which may come along
            new("openaiApiKey", (fields, name, was) => was with { SealedOpenaiApiKey = Secret(fields, name, was.SealedOpenaiApiKey) }),
            new("openaiJudgeModel", static (fields, name, was) => was with { OpenaiJudgeModel = fields.Text(name, MaxText) }),
            new("anthropicApiKey", (fields, name, was) => was with { SealedAnthropicApiKey = Secret(fields, name, was.SealedAnthropicApiKey) }),
            new("anthropicJudgeModel", static (fields, name, was) => was with { AnthropicJudgeModel = fields.Text(name, MaxText) }),
            new("openrouterApiKey", (fields, name, was) => was with { SealedOpenrouterApiKey = Secret(fields, name, was.SealedOpenrouterApiKey) }),
            new("openrouterJudgeModel", static (fields, name, was) => was with { OpenrouterJudgeModel = fields.Text(name, MaxText) }),
        ];
    }

    // A key that nobody can read is not to be sent to an address that anybody who may change settings has chosen.
    private static WorkspaceSettings OtherAddress(WorkspaceSettings was, string? address) => address == was.OpenaiBaseUrl
        ? was
        : was with { OpenaiBaseUrl = address, SealedOpenaiApiKey = null };

    /// <summary>Reads the fields and gathers their faults.</summary>
    /// <param name="fields">The body.</param>
    /// <param name="before">What was set before.</param>
    /// <param name="changed">Takes the names of the fields that say something new.</param>
    /// <returns>What is set from now on; the same instance where nothing is new.</returns>
    public WorkspaceSettings Read(FieldReader fields, WorkspaceSettings before, ICollection<string> changed)
    {
        WorkspaceSettings settings = before;
        foreach (Field field in _all.Where(field => fields.Has(field.Name)))
        {
            WorkspaceSettings after = field.Read(fields, field.Name, settings);
            if (after == settings)
                continue;
            settings = after;
            changed.Add(field.Name);
        }

        return settings;
    }

    private string? SecretUrl(FieldReader fields, string name, string? was) =>
        IsMasked(fields, name) ? was : Url(fields, name) is { } url ? _directory.Seal(url) : null;

    private string? Url(FieldReader fields, string name)
    {
        fields.CheckAddress(name, _guard);
        return fields.Url(name);
    }

    // A key goes into a header of the request to its provider, where only visible ASCII may be.
    private string? Secret(FieldReader fields, string name, string? was)
    {
        if (IsMasked(fields, name))
            return was;
        if (fields.Text(name, MaxSecret) is not { } secret)
            return null;
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            fields.Fault(name, "must be visible ASCII characters without spaces");
        return _directory.Seal(secret);
    }

    private static bool IsMasked(FieldReader fields, string name) =>
        fields.Text(name, orNumber: true) is { } text && SettingsDirectory.IsMask(text);

    private static double? Dollars(FieldReader fields, string name)
    {
        double? dollars = fields.Number(name);
        if (dollars < 0)
            fields.Fault(name, "must be 0 or more US dollars");
        return dollars;
    }

    // Only the shape: whether there is such a mailbox the first mail shows.
    private static string? Email(FieldReader fields, string name)
    {
        string? email = fields.Text(name, MaxEmail);
        if (email is not null && !EmailShape().IsMatch(email))
            fields.Fault(name, "must be one e-mail address, such as team@example.com");
        return email;
    }

    private static string? Provider(FieldReader fields, string name)
    {
        string? provider = fields.Text(name, MaxText);
        if (provider is not null && !WorkspaceSettings.JudgeProviders.Contains(provider))
            fields.Fault(name, $"must be one of {string.Join(", ", WorkspaceSettings.JudgeProviders)}");
        return provider;
    }

    private static IReadOnlyList<string>? Events(FieldReader fields, string name, IReadOnlyList<string>? was)
    {
        if (fields.IsNullOrBlank(name))
            return null;
        IReadOnlyList<string> events = [.. fields.Texts(name).Distinct()];
        if (events.Any(static word => !LogEventNames.Webhook.TryParse(word, out _)))
            fields.Fault(name, $"must hold some of {LogEventNames.Webhook.All}");
        return was is not null && was.SequenceEqual(events) ? was : events;
    }

    [GeneratedRegex(@"^[^\s\p{Cc}@,;<>""]+@[^\s\p{Cc}@,;<>""]+$")]
    private static partial Regex EmailShape();

    private sealed record Field(string Name, Func<FieldReader, string, WorkspaceSettings, WorkspaceSettings> Read);
}
