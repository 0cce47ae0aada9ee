using System.Net;
using System.Text.RegularExpressions;
using MimeKit;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Mails about logs, by a real mail server, and what their links do.</summary>
public sealed partial class MailTests : IAsyncLifetime, IDisposable
{
    private const string Evil = "<img src=x onerror=alert(1)>";

    private readonly TemporaryServerFolder _folder = new();
    private readonly HttpClient _reader = new();
    private MailServer _mail = null!;
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync()
    {
        _mail = await MailServer.StartAsync();
        await StartAsync();
        await Http.PostJsonAsync("/api/rules", $$"""{"name":"No red {{Evil}}","type":"keyword_forbidden","value":"red"}""");
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"team@example.com"}""");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _mail.DisposeAsync();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_flagged_log_is_told_as_text_and_as_HTML()
    {
        await FlagAsync("a");
        ReceivedMail mail = await _mail.ReceiveAsync();
        mail.To.ShouldBe(["team@example.com"]);
        mail.User.ShouldBeNull();
        MimeMessage message = mail.Message;
        message.From.ToString().ShouldBe("\"Tracira\" <tracira@example.com>");
        message.Subject.ShouldBe("Flagged: shop  Bcc: everybody@example.com");
        message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        message.MessageId!.ShouldMatch("^[0-9a-f-]{36}@example.com$");
        message.Body.ShouldBeOfType<MultipartAlternative>().Select(static part => part.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);

        mail.Text.ShouldContain($"No red {Evil}: contains \"red\"");
        mail.Text.ShouldContain($"This is red {Evil} ü 漢字");
        mail.Html.ShouldContain("This is red &lt;img src=x onerror=alert(1)&gt; ü 漢字");
        mail.Html.ShouldNotContain("<img");
        mail.Html.ShouldContain($"{_server.Address}logs/a");
    }

    [Theory]
    [InlineData("approved", "Approve")]
    [InlineData("rejected", "Reject")]
    public async Task A_link_asks_and_the_form_behind_it_decides(string decision, string label)
    {
        await FlagAsync("a");
        string link = LinkOf(await _mail.ReceiveAsync(), decision);
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage page = await _reader.GetAsync(link);
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
            page.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
            page.Headers.CacheControl!.NoStore.ShouldBeTrue();
            string html = await page.Content.ReadAsStringAsync();
            Buttons().Match(html).Groups[1].Value.ShouldBe(label, "what was clicked on comes first");
            html.ShouldContain("You decide as team@example.com.");
            html.ShouldContain("This is red &lt;img src=x onerror=alert(1)&gt;");
            html.ShouldContain("<dt>No red &lt;img src=x onerror=alert(1)&gt;</dt>");
            html.ShouldNotContain("<img");
            html.ShouldNotContain("<script");
        }

        (await Http.GetJsonAsync("/api/logs/a"))["humanDecision"].ShouldBeNull("a GET never decides");
        (await PostAsync(link, decision, "Well <b>done</b>")).ShouldBe((200, $"{char.ToUpperInvariant(decision[0])}{decision[1..]} by team@example.com by e-mail."));
        Answer log = await Http.GetJsonAsync("/api/logs/a");
        (log["humanDecision"], log["decidedBy"], log["decisionSource"], log["decisionNote"]).ShouldBe((decision, "team@example.com", "email", "Well <b>done</b>"));
        Answer audit = await _server.Operator.GetJsonAsync("/api/audit?action=log.decided");
        audit.Body.GetProperty("entries")[0].GetProperty("actorKind").GetString().ShouldBe("email");
        audit.Body.GetProperty("entries")[0].GetProperty("actorName").GetString().ShouldBe("team@example.com");
        (await _reader.GetStringAsync(link)).ShouldContain($"Already {decision} by team@example.com by e-mail on ");
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_is_told_that_the_other_was_first()
    {
        await FlagAsync("a");
        ReceivedMail mail = await _mail.ReceiveAsync();
        Task<(int Status, string Sentence)> byMail = PostAsync(LinkOf(mail, "approved"), "approved");
        Task<Answer> byApi = Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"rejected"}""");
        (int status, string sentence) = await byMail;
        Answer answer = await byApi;
        Answer log = await Http.GetJsonAsync("/api/logs/a");
        if (log["humanDecision"] == "approved")
        {
            (status, answer.Status).ShouldBe((200, 409));
        }
        else
        {
            (status, answer.Status).ShouldBe((409, 200));
            sentence.ShouldStartWith("Already rejected by webhook token through the API on ");
        }

        Answer audit = await _server.Operator.GetJsonAsync("/api/audit?action=log.decided");
        audit.Body.GetProperty("entries").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_link_is_good_for_its_own_log_and_recipient_only()
    {
        await FlagAsync("a");
        await FlagAsync("b");
        string link = LinkOf(await _mail.ReceiveAsync(), "approved");
        string[] spoilt =
        [
            link.Contains("log=a", StringComparison.Ordinal) ? link.Replace("log=a", "log=b", StringComparison.Ordinal) : link.Replace("log=b", "log=a", StringComparison.Ordinal),
            link.Replace("team%40", "mallory%40", StringComparison.Ordinal),
            link.Replace("workspace=default", "workspace=other", StringComparison.Ordinal),
            Regex.Replace(link, "expires=\\d", "expires=9"),
            Regex.Replace(link, "signature=[0-9a-f]{4}", "signature=0000"),
            link[..link.IndexOf('?', StringComparison.Ordinal)],
        ];
        foreach (string address in spoilt)
        {
            using HttpResponseMessage page = await _reader.GetAsync(address);
            page.StatusCode.ShouldBe(HttpStatusCode.Forbidden, address);
            (await PostAsync(address, "approved")).Status.ShouldBe(403);
        }

        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"others@example.com"}""");
        (await PostAsync(link, "approved")).ShouldBe((403, "The workspace does not write to team@example.com any more."));
        (await Http.GetJsonAsync("/api/logs?pending=true"))["total"].ShouldBe("2");
    }

    [Fact]
    public async Task A_link_ends_with_its_time()
    {
        await _server.DisposeAsync();
        await StartAsync(("TRACIRA_MAIL__LINKLIFETIME", "2"));
        await FlagAsync("a");
        string link = LinkOf(await _mail.ReceiveAsync(), "approved");
        await Task.Delay(2_100);
        (await PostAsync(link, "approved")).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("decision=changed")]
    [InlineData("decision=")]
    [InlineData("note=x")]
    [InlineData("")]
    public async Task A_form_that_decides_nothing_is_refused(string form)
    {
        await FlagAsync("a");
        string link = LinkOf(await _mail.ReceiveAsync(), "approved");
        using HttpResponseMessage answer = await _reader.PostAsync(link, new StringContent(form, null, "application/x-www-form-urlencoded"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using HttpResponseMessage other = await _reader.PostAsync(link, new StringContent("{}", null, "application/json"));
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(link, "approved", new string('x', 2_001))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_log_that_is_gone_has_a_page_too()
    {
        await FlagAsync("a");
        string link = LinkOf(await _mail.ReceiveAsync(), "approved");
        await Http.DeleteJsonAsync("/api/logs/a");
        (await PostAsync(link, "approved")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_switches_say_what_is_mailed()
    {
        await Http.PatchJsonAsync("/api/settings", """{"emailOnFlag":false}""");
        await FlagAsync("quiet");
        await Http.PatchJsonAsync("/api/settings", """{"emailOnFlag":true,"emailNotificationsEnabled":false}""");
        await FlagAsync("off");
        await Http.PatchJsonAsync("/api/settings", """{"emailNotificationsEnabled":true}""");
        await FlagAsync("loud");
        LinkOf(await _mail.ReceiveAsync(), "approved").ShouldContain("log=loud");
        _mail.Peek().ShouldBeNull();
    }

    [Fact]
    public async Task A_slow_mail_server_does_not_slow_a_verdict()
    {
        await Http.PatchJsonAsync("/api/settings", """{"notificationEmail":"slow@example.com"}""");
        await FlagAsync("warm-up");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 20; i++)
            await FlagAsync($"slow-{i}");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    private async Task StartAsync(params (string Name, string Value)[] more) =>
        _server = await ServerProcess.StartAsync(_folder.Path, "", _mail.Settings(more));

    private async Task FlagAsync(string id)
    {
        Answer answer = await Http.PostJsonAsync(
            "/api/logs", $$"""{"id":"{{id}}","project":"shop\r\nBcc: everybody@example.com","output":"This is red {{Evil}} ü 漢字","sync":true}""");
        answer["status"].ShouldBe("flagged");
    }

    private async Task<(int Status, string Sentence)> PostAsync(string link, string decision, string note = "")
    {
        using var form = new FormUrlEncodedContent([new("decision", decision), new("note", note)]);
        using HttpResponseMessage answer = await _reader.PostAsync(link, form);
        string html = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, WebUtility.HtmlDecode(Sentence().Match(html).Groups[1].Value));
    }

    // A mail program reads either part; both must lead to the same place.
    private static string LinkOf(ReceivedMail mail, string decision)
    {
        string link = Links().Matches(mail.Text).Select(static match => match.Value).Single(link => link.EndsWith("=" + decision, StringComparison.Ordinal));
        WebUtility.HtmlDecode(mail.Html).ShouldContain($"href=\"{link}\"");
        return link;
    }

    [GeneratedRegex(@"http://[^\s]+/review\?[^\s]+")]
    private static partial Regex Links();

    [GeneratedRegex("<button[^>]*>([^<]+)</button>")]
    private static partial Regex Buttons();

    [GeneratedRegex("<p role=\"status\"><strong>(.*)</strong></p>")]
    private static partial Regex Sentence();
}
