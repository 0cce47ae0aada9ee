using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/settings.</summary>
public sealed class SettingsTests : IAsyncLifetime, IDisposable
{
    private const string Everything = """
        {"onboardingDismissed":true,"workspaceName":" Acme ","slackWebhookUrl":"https://hooks.slack.com/services/T0/B0/slack-secret","notifyOnFlag":false,
        "notifyOnFail":"false","slackChannelId":"C012345","slackBotToken":"xoxb-0123456789-bot-secret","slackSigningSecret":"signing-0123456789-secret",
        "notificationEmail":"team@example.com","emailOnFlag":false,"emailOnFail":false,
        "slackNotificationsEnabled":false,"emailNotificationsEnabled":false,"webhookEnabled":false,"outboundWebhookUrl":"https://example.com/hook?x=1",
        "outboundWebhookEvents":["log.flagged","log.decided"],"estimatedIncidentCostUsd":"120.5","openaiApiKey":"sk-openai-0123456789-abcd",
        "anthropicApiKey":"sk-ant-0123456789-efgh","openrouterApiKey":"short","openaiJudgeModel":"gpt-4o-mini","anthropicJudgeModel":"claude-haiku",
        "openrouterJudgeModel":"meta/llama","defaultJudgeProvider":"anthropic","color":"#ff8800","retentionDays":90,"tokenScope":"full","unknown":{"x":1}}
        """;

    private static readonly string[] Secrets = ["slack-secret", "xoxb-0123456789-bot-secret", "signing-0123456789-secret", "sk-openai-0123456789-abcd", "sk-ant-0123456789-efgh"];

    private readonly TemporaryServerFolder _folder = new();
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_workspace_has_defaults_and_says_what_it_uses()
    {
        await Http.PostJsonAsync("/api/logs", """{"project":"p","output":"x"}""");
        await Http.PostJsonAsync("/api/logs", """{"project":"p","output":"x","timestamp":"2020-01-31T12:00:00Z"}""");
        Answer settings = await Http.GetJsonAsync("/api/settings");
        JsonElement usage = settings.Body.GetProperty("usage");
        usage.GetProperty("logsTotal").GetInt64().ShouldBe(2);
        usage.GetProperty("logsThisMonth").GetInt64().ShouldBe(1);
        usage.GetProperty("mediaBytes").GetInt64().ShouldBe(0);
        usage.GetProperty("storageBytes").GetInt64().ShouldBeGreaterThan(4_096);
        WithoutStorage(settings).ShouldMatchGolden("settings-defaults");
    }

    [Fact]
    public async Task Every_documented_field_is_kept_over_a_restart_and_shown_with_its_secrets_masked()
    {
        Answer changed = await Http.PatchJsonAsync("/api/settings", Everything);
        changed.ShouldMatchGolden("settings-changed");
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path);

        Answer settings = await Http.GetJsonAsync("/api/settings");
        WithoutStorage(settings).ShouldMatchGolden("settings-everything");
        (await Http.GetJsonAsync("/api/verify"))["workspaceName"].ShouldBe("Acme");
    }

    [Fact]
    public async Task No_secret_lies_in_the_data_folder_in_the_clear()
    {
        await Http.PatchJsonAsync("/api/settings", Everything);
        string signing = (await Http.PostJsonAsync("/api/settings/rotate-webhook-secret", "{}"))["webhookSecret"]!;
        await _server.StopAsync();
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            foreach (string secret in Secrets.Append(signing).Append(signing["whsec_".Length..]))
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)).ShouldBe(-1, $"{secret} is in {file}");
        }
    }

    [Fact]
    public async Task A_masked_secret_sent_back_changes_nothing()
    {
        await Http.PatchJsonAsync("/api/settings", Everything);
        await Http.PostJsonAsync("/api/settings/rotate-webhook-secret", "{}");
        Answer before = WithoutStorage(await Http.GetJsonAsync("/api/settings"));
        before["openaiApiKey"].ShouldBe("••••abcd");
        before["slackWebhookUrl"].ShouldBe("••••cret");
        before["openrouterApiKey"].ShouldBe("••••", "of a short secret nothing is shown");
        (await Http.PatchJsonAsync("/api/settings", before.Body.GetRawText())).Status.ShouldBe(200);
        WithoutStorage(await Http.GetJsonAsync("/api/settings")).Body.GetRawText().ShouldBe(before.Body.GetRawText());
    }

    [Fact]
    public async Task A_stored_key_does_not_go_to_another_address()
    {
        await Http.PatchJsonAsync("/api/settings", """{"openaiApiKey":"sk-openai-0123456789-abcd"}""");
        await Http.PatchJsonAsync("/api/settings", """{"openaiBaseUrl":"https://one.example.com/v1"}""");
        (await Http.GetJsonAsync("/api/settings"))["openaiApiKey"].ShouldBeNull();

        await Http.PatchJsonAsync("/api/settings", """{"openaiApiKey":"sk-openai-0123456789-efgh","openaiBaseUrl":"https://two.example.com/v1"}""");
        (await Http.GetJsonAsync("/api/settings"))["openaiApiKey"].ShouldBe("••••efgh");

        await Http.PatchJsonAsync("/api/settings", """{"openaiBaseUrl":"https://two.example.com/v1","color":"red"}""");
        (await Http.GetJsonAsync("/api/settings"))["openaiApiKey"].ShouldBe("••••efgh", "the address is the same");
    }

    [Fact]
    public async Task Null_and_empty_texts_clear_a_value_and_absent_fields_stay()
    {
        await Http.PatchJsonAsync("/api/settings", Everything);
        Answer cleared = await Http.PatchJsonAsync(
            "/api/settings",
            """{"slackWebhookUrl":null,"openaiApiKey":"","color":" ","notifyOnFlag":null,"outboundWebhookEvents":"","retentionDays":"","defaultJudgeProvider":null}""");
        cleared.Status.ShouldBe(200);
        Answer settings = await Http.GetJsonAsync("/api/settings");
        foreach (string field in new[] { "slackWebhookUrl", "openaiApiKey", "color", "retentionDays", "defaultJudgeProvider" })
            settings[field].ShouldBeNull(field);
        settings["notifyOnFlag"].ShouldBe("True");
        settings.Body.GetProperty("outboundWebhookEvents").GetArrayLength().ShouldBe(4);
        settings["notifyOnFail"].ShouldBe("False");
        settings["anthropicApiKey"].ShouldBe("••••efgh");

        await Http.PatchJsonAsync("/api/settings", """{"outboundWebhookEvents":[]}""");
        (await Http.GetJsonAsync("/api/settings")).Body.GetProperty("outboundWebhookEvents").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task All_bad_fields_are_named_at_once_and_nothing_is_changed()
    {
        Answer answer = await Http.PatchJsonAsync("/api/settings", """
            {"onboardingDismissed":"perhaps","workspaceName":"","slackWebhookUrl":"ftp://x","notifyOnFlag":1,"notificationEmail":"a b@c","outboundWebhookUrl":"https://u:p@x/",
            "outboundWebhookEvents":["log.flagged","nope"],"estimatedIncidentCostUsd":-1,"openaiApiKey":"two words","anthropicApiKey":{},"defaultJudgeProvider":"me",
            "retentionDays":0.5,"tokenScope":"none","color":"kept"}
            """);
        answer.Status.ShouldBe(400);
        answer["code"].ShouldBe("invalid_request");
        answer.Fields.Order().ShouldBe([
            "anthropicApiKey", "defaultJudgeProvider", "estimatedIncidentCostUsd", "notificationEmail", "notifyOnFlag", "onboardingDismissed", "openaiApiKey",
            "outboundWebhookEvents", "outboundWebhookUrl", "retentionDays", "slackWebhookUrl", "tokenScope", "workspaceName"]);
        (await Http.GetJsonAsync("/api/settings"))["color"].ShouldBeNull();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("@x")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a@b,c@d")]
    [InlineData("Team <a@b>")]
    [InlineData("a@b\\nBcc: c")]
    public async Task What_is_not_one_mail_address_is_refused(string email) =>
        (await Http.PatchJsonAsync("/api/settings", $$"""{"notificationEmail":"{{email}}"}""")).Fields.ShouldBe(["notificationEmail"]);

    [Theory]
    [InlineData("/relative")]
    [InlineData("//host/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@host/")]
    [InlineData("http://")]
    public async Task What_is_not_a_plain_web_address_is_refused(string url)
    {
        (await Http.PatchJsonAsync("/api/settings", $$"""{"outboundWebhookUrl":"{{url}}"}""")).Fields.ShouldBe(["outboundWebhookUrl"]);
        (await Http.PatchJsonAsync("/api/settings", $$"""{"slackWebhookUrl":"{{url}}"}""")).Fields.ShouldBe(["slackWebhookUrl"]);
        (await Http.PostJsonAsync("/api/subscriptions", $$"""{"url":"{{url}}","events":["pass"]}""")).Fields.ShouldBe(["url"]);
    }

    [Fact]
    public async Task Of_many_changes_at_once_none_is_lost()
    {
        string[] bodies =
        [
            """{"color":"red"}""", """{"openaiJudgeModel":"a"}""", """{"anthropicJudgeModel":"b"}""", """{"openrouterJudgeModel":"c"}""",
            """{"slackChannelId":"d"}""", """{"notificationEmail":"e@f"}""", """{"estimatedIncidentCostUsd":7}""", """{"retentionDays":8}""",
        ];
        Answer[] answers = await Task.WhenAll(bodies.Select(body => Http.PatchJsonAsync("/api/settings", body)));
        answers.ShouldAllBe(static answer => answer.Status == 200);
        Answer settings = await Http.GetJsonAsync("/api/settings");
        string[] fields =
            ["color", "openaiJudgeModel", "anthropicJudgeModel", "openrouterJudgeModel", "slackChannelId", "notificationEmail", "estimatedIncidentCostUsd", "retentionDays"];
        fields.Select(field => settings[field]).ShouldBe(["red", "a", "b", "c", "d", "e@f", "7", "8"]);
    }

    [Fact]
    public async Task A_webhook_secret_is_drawn_anew_each_time_and_shown_once()
    {
        Answer first = await Http.PostJsonAsync("/api/settings/rotate-webhook-secret", "{}");
        first.Status.ShouldBe(200);
        string secret = first["webhookSecret"]!;
        secret.ShouldStartWith("whsec_");
        Convert.FromBase64String(secret["whsec_".Length..]).Length.ShouldBe(32);
        (await Http.GetJsonAsync("/api/settings"))["webhookSecret"].ShouldBe("••••" + secret[^4..]);
        (await Http.PostJsonAsync("/api/settings/rotate-webhook-secret", "{}"))["webhookSecret"].ShouldNotBe(secret);
    }

    [Fact]
    public async Task A_token_narrowed_to_ingest_sends_logs_and_no_longer_reads_or_changes()
    {
        (await Http.PatchJsonAsync("/api/settings", """{"tokenScope":"ingest"}""")).Status.ShouldBe(200);
        (await Http.PostJsonAsync("/api/logs", """{"project":"p","output":"x"}""")).Status.ShouldBe(202);
        (await Http.GetJsonAsync("/api/settings")).Status.ShouldBe(403);
        (await Http.PatchJsonAsync("/api/settings", """{"tokenScope":"full"}""")).Status.ShouldBe(403);
        (await Http.PostJsonAsync("/api/settings/rotate-webhook-secret", "{}")).Status.ShouldBe(403);
        (await Http.GetJsonAsync("/api/projects")).Status.ShouldBe(403);
        (await Http.PostJsonAsync("/api/projects", """{"name":"x"}""")).Status.ShouldBe(403);
        (await Http.PostJsonAsync("/api/subscriptions", """{"url":"https://example.com/","events":["pass"]}""")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Neither_name_nor_token_scope_can_be_cleared()
    {
        await Http.PatchJsonAsync("/api/settings", """{"workspaceName":"Named"}""");
        (await Http.PatchJsonAsync("/api/settings", """{"workspaceName":null,"tokenScope":null}""")).Status.ShouldBe(200);
        (await Http.PatchJsonAsync("/api/settings", """{"workspaceName":" "}""")).Fields.ShouldBe(["workspaceName"]);
        Answer settings = await Http.GetJsonAsync("/api/settings");
        settings["workspaceName"].ShouldBe("Named");
        settings["tokenScope"].ShouldBe("full");
    }

    // The size of the folder is another one each time.
    private static Answer WithoutStorage(Answer settings)
    {
        string text = System.Text.RegularExpressions.Regex.Replace(settings.Body.GetRawText(), "\"storageBytes\":\\d+", "\"storageBytes\":0");
        return settings with { Body = JsonDocument.Parse(text).RootElement };
    }
}
