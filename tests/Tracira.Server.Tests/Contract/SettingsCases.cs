using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>A workspace's settings, its token, its keys and its audit log.</summary>
internal static class SettingsCases
{
    private const string Whole = """
        {"onboardingDismissed":"true","workspaceName":"Acme","slackWebhookUrl":"https://hooks.slack.com/services/T0/B0/slack-secret","notifyOnFlag":true,
        "notifyOnFail":false,"slackChannelId":"C1","notificationEmail":"team@example.com","emailOnFlag":true,"emailOnFail":true,
        "slackNotificationsEnabled":true,"emailNotificationsEnabled":true,"webhookEnabled":true,"outboundWebhookUrl":"https://example.com/hook",
        "outboundWebhookEvents":["log.flagged"],"estimatedIncidentCostUsd":120.5,"openaiApiKey":"sk-0123456789-abcd","anthropicApiKey":"","openrouterApiKey":null,
        "openaiJudgeModel":"gpt-4o-mini","anthropicJudgeModel":"claude-haiku","openrouterJudgeModel":"llama","defaultJudgeProvider":"openai",
        "color":"#ff8800","retentionDays":90,"tokenScope":"full"}
        """;

    private const string Bad = """
        {"onboardingDismissed":"perhaps","workspaceName":" ","slackWebhookUrl":"ftp://x","notifyOnFlag":7,"notifyOnFail":[],"slackChannelId":{},
        "notificationEmail":"nobody","emailOnFlag":"x","emailOnFail":"x","slackNotificationsEnabled":"x","emailNotificationsEnabled":"x","webhookEnabled":"x",
        "outboundWebhookUrl":"x","outboundWebhookEvents":["log.lost"],"estimatedIncidentCostUsd":-1,"openaiApiKey":[],"anthropicApiKey":[],"openrouterApiKey":{},
        "openaiJudgeModel":[],"anthropicJudgeModel":[],"openrouterJudgeModel":[],"defaultJudgeProvider":"oracle","color":[],"retentionDays":-1,"tokenScope":"some"}
        """;

    private static readonly string[] BadFields =
    [
        "anthropicApiKey", "anthropicJudgeModel", "color", "defaultJudgeProvider", "emailNotificationsEnabled", "emailOnFail", "emailOnFlag",
        "estimatedIncidentCostUsd", "notificationEmail", "notifyOnFail", "notifyOnFlag", "onboardingDismissed", "openaiApiKey", "openaiJudgeModel",
        "openrouterApiKey", "openrouterJudgeModel", "outboundWebhookEvents", "outboundWebhookUrl", "retentionDays", "slackChannelId",
        "slackNotificationsEnabled", "slackWebhookUrl", "tokenScope", "webhookEnabled", "workspaceName",
    ];

    public static ContractCase[] All { get; } =
    [
        Good("GET /api/settings", 200, static async scene =>
        {
            await scene.DoAsync("PATCH", "/api/settings", Whole);
            await scene.DoAsync("POST", "/api/settings/rotate-webhook-secret");
            await scene.LogAsync();
            return new Call();
        }),
        Good("PATCH /api/settings", 200, static scene => new Call { Body = Whole }),
        Faulty("PATCH /api/settings", BadFields, static scene => new Call { Body = Bad }),
        Good("POST /api/settings/rotate-webhook-secret", 200, static scene => new Call()),
        Good("POST /api/settings/rotate-token", 200, static scene => new Call()),
        Bad("POST /api/settings/rotate-token", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.UseUpAsync("/api/settings/rotate-token");
            return new Call { By = Who.WithManageKey };
        }),
        Good("POST /api/settings/test/{channel}", 200, static scene => new Call { Id = "slack" }),
        Bad("POST /api/settings/test/{channel}", 404, "not_found", "about a channel that is not there", static scene => new Call { Id = "pigeon" }),
        Bad("POST /api/settings/test/{channel}", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.UseUpAsync("/api/settings/test/slack");
            return new Call { Id = "slack" };
        }),

        Good("GET /api/keys", 200, static async scene =>
        {
            await scene.DoAsync("POST", "/api/keys", """{"name":"Sender","scopes":["ingest","read"],"expiresAt":"2126-01-31T12:00:00Z"}""");
            return new Call { By = Who.Admin };
        }),
        Good("POST /api/keys", 201, static scene => new Call { Body = """{"name":"Sender","scopes":["ingest","read"],"expiresAt":"2126-01-31T12:00:00Z"}""", By = Who.Admin }),
        Faulty("POST /api/keys", ["expiresAt", "name", "scopes"], static scene => new Call { Body = """{"name":" ","scopes":["all"],"expiresAt":"2020-01-31T12:00:00Z"}""" }),
        Bad("POST /api/keys", 403, "forbidden", "for more than the maker may do", static scene => new Call { Body = """{"name":"Sender","scopes":["ingest"]}""" }),
        Good("DELETE /api/keys/{id}", 200, static async scene => new Call { Id = (await scene.KeyAsync("read")).Id }),

        Good("GET /api/audit", 200, static async scene =>
        {
            string id = await scene.RuleAsync();
            await scene.DoAsync("PATCH", $"/api/rules/{id}", """{"value":"rebate"}""");
            await scene.DoAsync("DELETE", $"/api/rules/{id}");
            return new Call { Query = "?action=rule.&limit=2" };
        }),
        Faulty("GET /api/audit", ["limit"], static scene => new Call { Query = "?limit=101" }),
    ];
}
