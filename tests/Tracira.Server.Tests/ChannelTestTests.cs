using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>POST /api/settings/test/{channel}: what the other side says, in plain words.</summary>
public sealed class ChannelTestTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryServerFolder _folder = new();
    private FakeSlack _slack = null!;
    private MailServer _mail = null!;
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.StartAsync();
        _mail = await MailServer.StartAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _slack.DisposeAsync();
        await _mail.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_test_arrives_in_Slack()
    {
        await SetUpSlackAsync();
        (await TestAsync("slack")).ShouldBe((true, "200", null));
        (await _slack.ReceiveAsync()).Text.ShouldContain("Tracira can post here.");

        await Http.PatchJsonAsync("/api/settings", $$"""{"slackBotToken":null,"slackWebhookUrl":"{{_slack.Webhook}}"}""");
        (await TestAsync("slack")).ShouldBe((true, "200", null));
        (await _slack.ReceiveAsync()).Path.ShouldBe("/services/T000/B000/good");
    }

    [Theory]
    [InlineData("""{"slackBotToken":"xoxb-0123456789-bad"}""", "Slack does not accept the bot token.", "invalid_auth")]
    [InlineData("""{"slackChannelId":"C0"}""", "Slack finds no such channel", "channel_not_found")]
    public async Task What_Slack_refuses_is_said_in_plain_words(string wrong, string words, string code)
    {
        await SetUpSlackAsync();
        await Http.PatchJsonAsync("/api/settings", wrong);
        (bool ok, _, string? error) = await TestAsync("slack");
        ok.ShouldBeFalse();
        error!.ShouldStartWith(words);
        error!.ShouldEndWith($"(Slack says: {code})");
    }

    [Theory]
    [InlineData("not_in_channel", "Invite it there.")]
    [InlineData("missing_scope", "chat:write")]
    [InlineData("some_new_error", "Slack refuses. (Slack says: some_new_error)")]
    public async Task Every_error_of_Slack_is_told(string code, string words)
    {
        await SetUpSlackAsync();
        _slack.Fail(code);
        (await TestAsync("slack")).Error!.ShouldContain(words);
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_as_Slack_does_is_told_of()
    {
        await SetUpSlackAsync();
        _slack.Fail(static http => http.Response.WriteAsync("<html>Captive portal</html>"));
        (await TestAsync("slack")).Error!.ShouldContain("is not Slack");
        _slack.Fail(static http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        (await TestAsync("slack")).ShouldBe((false, "503", "Slack failed with status 503."));
        _slack.Fail(static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        (await TestAsync("slack")).Error!.ShouldStartWith("Slack could not be reached: ");
        await Http.PatchJsonAsync("/api/settings", $$"""{"slackBotToken":null,"slackWebhookUrl":"{{_slack.Address}}/services/T000/B000/removed"}""");
        (await TestAsync("slack")).Error!.ShouldBe("Slack does not know the webhook any more. Make a new incoming webhook and set slackWebhookUrl to it. (Slack says: no_service)");
    }

    [Fact]
    public async Task A_test_arrives_by_mail()
    {
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"team@example.com","workspaceName":"<Acme>"}""");
        (await TestAsync("email")).ShouldBe((true, "250", null));
        ReceivedMail mail = await _mail.ReceiveAsync();
        mail.Message.Subject.ShouldBe("Tracira can write to you");
        mail.Text.ShouldContain("<Acme>");
        mail.Html.ShouldContain("&lt;Acme&gt;");
    }

    [Theory]
    [InlineData("unknown@example.com", "The mail server does not accept the recipient unknown@example.com (it says: 550 ")]
    [InlineData("full@example.com", "The mail server does not accept the recipient full@example.com (it says: 452 ")]
    [InlineData("slow@example.com", "did not take the message within 2 seconds.")]
    public async Task What_a_mail_server_refuses_is_said_in_plain_words(string recipient, string words)
    {
        await Http.PatchJsonAsync("/api/settings", $$"""{"notificationEmail":"{{recipient}}"}""");
        (bool ok, _, string? error) = await TestAsync("email");
        ok.ShouldBeFalse();
        error!.ShouldContain(words);
    }

    [Fact]
    public async Task A_mail_server_asks_who_sends()
    {
        await RestartAsync(("TRACIRA_MAIL__USER", "tracira"), ("TRACIRA_MAIL__PASSWORD", "the right one"));
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"team@example.com"}""");
        (await TestAsync("email")).Ok.ShouldBeTrue();
        (await _mail.ReceiveAsync()).User.ShouldBe("tracira");

        await RestartAsync(("TRACIRA_MAIL__USER", "tracira"), ("TRACIRA_MAIL__PASSWORD", "a wrong one"));
        (await TestAsync("email")).Error!.ShouldContain("does not accept Mail:User and Mail:Password");
    }

    [Fact]
    public async Task A_mail_server_whose_certificate_nobody_vouches_for_gets_no_mail()
    {
        await using MailServer other = await MailServer.StartAsync("starttls");
        await RestartAsync([.. other.Settings(("TRACIRA_MAIL__TLS", "auto"))]);
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"team@example.com"}""");
        (await TestAsync("email")).Error!.ShouldContain("No encrypted connection to the mail server");
        other.Peek().ShouldBeNull();
        await RestartAsync(("TRACIRA_MAIL__TLS", "starttls"));
        (await TestAsync("email")).Error!.ShouldContain("cannot do what the settings ask for");
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_told_of()
    {
        await RestartAsync(("TRACIRA_MAIL__PORT", "1"));
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"team@example.com"}""");
        (await TestAsync("email")).Error!.ShouldStartWith("The mail server 127.0.0.1:1 could not be reached: ");
    }

    [Fact]
    public async Task What_is_not_set_up_says_how_to_set_it_up()
    {
        (await TestAsync("slack")).Error.ShouldBe("Slack is not set up. Set slackWebhookUrl, or slackBotToken and slackChannelId.");
        (await TestAsync("email")).Error.ShouldBe("Nobody is there to write to. Set notificationEmail.");
        (await Http.PostJsonAsync("/api/settings/test/pigeon", "{}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_tests()
    {
        Answer answer = await Http.PostJsonAsync("/api/settings/test/email", "{}");
        for (int i = 0; i < 20; i++)
            answer = await Http.PostJsonAsync("/api/settings/test/email", "{}");
        answer.Status.ShouldBe(429);
    }

    private Task<Answer> SetUpSlackAsync() => Http.PatchJsonAsync(
        "/api/settings", $$"""{"slackBotToken":"{{FakeSlack.Token}}","slackChannelId":"{{FakeSlack.Channel}}"}""");

    private async Task<(bool Ok, string? Status, string? Error)> TestAsync(string channel)
    {
        Answer answer = await Http.PostJsonAsync($"/api/settings/test/{channel}", "{}");
        answer.Status.ShouldBe(200);
        return (answer["ok"] == "True", answer["status"], answer["error"]);
    }

    private async Task StartAsync(params (string Name, string Value)[] more) => _server = await ServerProcess.StartAsync(
        _folder.Path, "", [.. _slack.Settings, .. _mail.Settings(("TRACIRA_MAIL__TIMEOUTSECONDS", "2")), .. more]);

    private async Task RestartAsync(params (string Name, string Value)[] more)
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        await StartAsync(more);
    }
}
