using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Slack, told of logs and answering.</summary>
public sealed class SlackTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryServerFolder _folder = new();
    private readonly HttpClient _slackHttp = new();
    private FakeSlack _slack = null!;
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync()
    {
        _slack = await FakeSlack.StartAsync();
        _server = await ServerProcess.StartAsync(_folder.Path, "", [.. _slack.Settings, ("TRACIRA_PUBLIC_URL", "https://tracira.example.com")]);
        await Http.PostJsonAsync("/api/rules", """{"name":"No <red>","type":"keyword_forbidden","value":"red"}""");
        await Http.PatchJsonAsync("/api/settings", $$"""
            {"slackBotToken":"{{FakeSlack.Token}}","slackChannelId":"{{FakeSlack.Channel}}","slackSigningSecret":"{{FakeSlack.SigningSecret}}"}
            """);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _slack.DisposeAsync();
    }

    public void Dispose()
    {
        _slackHttp.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_flagged_log_is_posted_with_all_that_a_reviewer_needs_and_a_click_decides()
    {
        await FlagAsync("a");
        SlackCall post = await _slack.ReceiveAsync();
        post.Path.ShouldBe("/api/chat.postMessage");
        post.Text.ShouldContain("Flagged: <b>shop</b>");
        post.Text.ShouldContain("*Project*  &lt;b&gt;shop&lt;/b&gt;\n*Task*  draft");
        post.Text.ShouldContain("*No &lt;red&gt;*  contains \"red\"");
        post.Text.ShouldContain("```This is red &amp; &lt;loud&gt;```");
        post.Text.ShouldContain("<https://tracira.example.com/logs/a|Open the log>");
        post.Buttons.ShouldBe([("approve", "default/a"), ("reject", "default/a")]);

        (await ClickAsync("approve", "default/a")).ShouldBe(200);
        SlackCall update = await _slack.ReceiveAsync();
        update.Path.ShouldBe("/api/chat.update");
        update.Body.GetProperty("ts").GetString().ShouldBe("1700000000.000001");
        update.Text.ShouldContain("Approved by ada in Slack");
        update.Buttons.ShouldBeEmpty();

        Answer log = await Http.GetJsonAsync("/api/logs/a");
        (log["humanDecision"], log["decidedBy"], log["decisionSource"]).ShouldBe(("approved", "ada", "slack"));
        Answer audit = await _server.Operator.GetJsonAsync("/api/audit?action=log.decided");
        audit.Body.GetProperty("entries")[0].GetProperty("actorKind").GetString().ShouldBe("slack");
        audit.Body.GetProperty("entries")[0].GetProperty("actorId").GetString().ShouldBe("UADA");
    }

    [Fact]
    public async Task A_message_is_updated_wherever_the_decision_was_made_also_after_a_restart()
    {
        await FlagAsync("a");
        await _slack.ReceiveAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path, "", _slack.Settings);
        await Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"rejected","note":"Not <like> this."}""");
        SlackCall update = await _slack.ReceiveAsync();
        update.Path.ShouldBe("/api/chat.update");
        update.Text.ShouldContain("Rejected by webhook token through the API");
        update.Text.ShouldContain("Not &lt;like&gt; this.");
        _slack.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task A_log_that_is_flagged_again_is_posted_again()
    {
        await FlagAsync("a");
        await _slack.ReceiveAsync();
        await Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"approved"}""");
        (await _slack.ReceiveAsync()).Path.ShouldBe("/api/chat.update");
        await Http.PatchJsonAsync("/api/logs/a/status", """{"status":"flagged","reason":"A customer complained.","flaggedBy":"end_user"}""");
        SlackCall again = await _slack.ReceiveAsync();
        again.Path.ShouldBe("/api/chat.postMessage");
        again.Text.ShouldContain("Problem reported");
        again.Text.ShouldContain("*Reported by an end user*  A customer complained.");
        await Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"handled"}""");
        SlackCall update = await _slack.ReceiveAsync();
        update.Body.GetProperty("ts").GetString().ShouldBe("1700000000.000002");
        update.Text.ShouldContain("Handled by");
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_so_and_changes_nothing()
    {
        await FlagAsync("a");
        await _slack.ReceiveAsync();
        string[] names = ["ada", "bob", "cho", "dee"];
        int[] statuses = await Task.WhenAll(names.Select(name => ClickAsync(name is "ada" or "cho" ? "approve" : "reject", "default/a", name)));
        statuses.ShouldBe([200, 200, 200, 200]);

        List<SlackCall> calls = [];
        for (int i = 0; i < 4; i++)
            calls.Add(await _slack.ReceiveAsync());
        Answer log = await Http.GetJsonAsync("/api/logs/a");
        calls.Count(static call => call.Path == "/api/chat.update").ShouldBe(1);
        foreach (SlackCall whisper in calls.Where(static call => call.Path == "/respond"))
        {
            whisper.Body.GetProperty("response_type").GetString().ShouldBe("ephemeral");
            string text = whisper.Body.GetProperty("text").GetString()!;
            text.ShouldStartWith($"Already {log["humanDecision"]} by {log["decidedBy"]} in Slack on ");
            text.ShouldEndWith("The first decision stands.");
        }

        Answer audit = await _server.Operator.GetJsonAsync("/api/audit?action=log.decided");
        audit.Body.GetProperty("entries").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_click_on_a_log_that_is_gone_is_answered()
    {
        (await ClickAsync("approve", "default/none")).ShouldBe(200);
        (await _slack.ReceiveAsync()).Body.GetProperty("text").GetString().ShouldBe("This log is not there any more.");
    }

    [Fact]
    public async Task A_replayed_an_old_and_a_forged_click_are_refused()
    {
        await FlagAsync("a");
        await FlagAsync("b");
        using HttpRequestMessage click = _slack.Click(_server.Address, "approve", "default/a");
        (await SendAsync(await CopyAsync(click))).ShouldBe(200);
        (await SendAsync(await CopyAsync(click))).ShouldBe(401);
        (await SendAsync(_slack.Click(_server.Address, "approve", "default/b", at: DateTimeOffset.UtcNow.AddMinutes(-6)))).ShouldBe(401);
        (await SendAsync(_slack.Click(_server.Address, "approve", "default/b", secret: "another"))).ShouldBe(401);
        (await SendAsync(_slack.Click(_server.Address, "approve", "elsewhere/b"))).ShouldBe(401);
        using HttpRequestMessage changed = await CopyAsync(_slack.Click(_server.Address, "approve", "default/a"));
        changed.Content = new StringContent((await changed.Content!.ReadAsStringAsync()).Replace("default%2Fa", "default%2Fb"));
        changed.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        (await SendAsync(changed)).ShouldBe(401);
        (await Http.GetJsonAsync("/api/logs/b"))["humanDecision"].ShouldBeNull();
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("application/x-www-form-urlencoded", "", 400)]
    [InlineData("application/x-www-form-urlencoded", "payload=", 400)]
    [InlineData("application/x-www-form-urlencoded", "payload=no+json", 200)]
    [InlineData("application/x-www-form-urlencoded", "payload=[]", 200)]
    [InlineData("application/x-www-form-urlencoded", "payload={\"type\":\"block_actions\",\"actions\":[{\"value\":7}]}", 200)]
    [InlineData("application/x-www-form-urlencoded", "payload={\"type\":\"block_actions\",\"actions\":[{\"value\":\"\\ud800/x\",\"action_id\":\"approve\"}],\"user\":{\"id\":\"U1\"}}", 200)]
    public async Task What_is_no_click_does_nothing(string type, string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/slack/interactions")) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        (await SendAsync(request)).ShouldBe(status);
    }

    [Fact]
    public async Task A_body_larger_than_any_of_Slack_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/slack/interactions"))
        {
            Content = new StringContent("payload=" + new string('x', 300_000)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        (await SendAsync(request)).ShouldBe(413);
    }

    [Fact]
    public async Task Slack_in_trouble_is_asked_again_when_it_says_so()
    {
        _slack.Fail(static http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "1";
            return http.Response.WriteAsync("""{"ok":false,"error":"ratelimited"}""");
        });
        await FlagAsync("a");
        (await _slack.ReceiveAsync()).Path.ShouldBe("/api/chat.postMessage");
        _slack.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task The_switches_say_what_is_posted()
    {
        await Http.PatchJsonAsync("/api/settings", """{"notifyOnFlag":false}""");
        await FlagAsync("quiet");
        await Http.PatchJsonAsync("/api/settings", """{"notifyOnFlag":true,"slackNotificationsEnabled":false}""");
        await FlagAsync("off");
        await Http.PatchJsonAsync("/api/settings", """{"slackNotificationsEnabled":true}""");
        await FlagAsync("loud");
        (await _slack.ReceiveAsync()).Buttons[0].Value.ShouldBe("default/loud");
        _slack.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task A_webhook_is_told_too_but_nothing_can_be_clicked_there()
    {
        await Http.PatchJsonAsync("/api/settings", $$"""{"slackBotToken":null,"slackWebhookUrl":"{{_slack.Webhook}}"}""");
        await FlagAsync("a");
        SlackCall post = await _slack.ReceiveAsync();
        post.Path.ShouldBe("/services/T000/B000/good");
        post.Text.ShouldContain("Flagged: <b>shop</b>");
        post.Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slow_Slack_does_not_slow_a_verdict()
    {
        for (int i = 0; i < 5; i++)
            _slack.Fail(static http => Task.Delay(TimeSpan.FromSeconds(8), http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        await FlagAsync("warm-up");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 20; i++)
            await FlagAsync($"slow-{i}");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    private async Task FlagAsync(string id)
    {
        Answer answer = await Http.PostJsonAsync("/api/logs", $$"""{"id":"{{id}}","project":"<b>shop</b>","task":"draft","output":"This is red & <loud>","sync":true}""");
        answer["status"].ShouldBe("flagged");
    }

    private Task<int> ClickAsync(string action, string value, string user = "ada") => SendAsync(_slack.Click(_server.Address, action, value, user));

    private async Task<int> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _slackHttp.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new StringContent(await request.Content!.ReadAsStringAsync()) };
        copy.Content.Headers.ContentType = request.Content.Headers.ContentType;
        foreach ((string name, IEnumerable<string> values) in request.Headers)
            copy.Headers.Add(name, values);
        return copy;
    }
}
