using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Shouldly;
using Tracira.Server.Outbound;
using Tracira.Server.Outbound.Slack;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What others wrote stays text in messages of ours, and messages stay within their limits.</summary>
public sealed class NotificationTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Gen.String[Gen.Char["<>&`*_~|!@#\n\0\ud83d\ude00ab"], 0, 6_000]);

    [Fact]
    public void Whatever_is_filled_into_HTML_is_text()
    {
        string evil = "<script>alert('1')</script>\" onload=\"x";
        Html.Of($"<p title=\"{evil}\">{evil}</p>").Text.ShouldBe(
            "<p title=\"&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot; onload=&quot;x\">&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot; onload=&quot;x</p>");
        Html.Of($"<b>{Html.Of($"<i>{"<"}</i>")}</b>").Text.ShouldBe("<b><i>&lt;</i></b>");
        Html.Of($"{"Grüße aus Köln 漢字"}{null}").Text.ShouldBe("Grüße aus Köln 漢字");
    }

    [Theory]
    [InlineData("<!channel> <@U1> <https://x|y> & \"", "&lt;!channel&gt; &lt;@U1&gt; &lt;https://x|y&gt; &amp; \"")]
    [InlineData("&amp;", "&amp;amp;")]
    public void Signs_that_Slack_reads_are_escaped(string text, string escaped) => SlackText.Escape(text, 1_000).ShouldBe(escaped);

    [Fact]
    public void A_block_cannot_be_left_from_within()
    {
        string block = SlackText.Verbatim("a ``` b ```` c", 100);
        block.ShouldStartWith("```");
        block[3..^3].ShouldNotContain("```");
    }

    [Fact]
    public void Cut_text_is_well_formed_and_never_too_long() => Gen.Select(Texts, Gen.Int[2, 50]).Sample((text, length) =>
    {
        string cut = SlackText.Escape(text, length);
        cut.Length.ShouldBeLessThanOrEqualTo(length);
        cut.Replace("&amp;", "").Replace("&lt;", "").Replace("&gt;", "").ShouldNotContain('&', "an entity is whole or not there");
        Excerpt.Of(text, length).Length.ShouldBeLessThanOrEqualTo(length);
        if (!HasLoneSurrogate(text))
        {
            HasLoneSurrogate(cut).ShouldBeFalse();
            HasLoneSurrogate(Excerpt.Of(text, length)).ShouldBeFalse();
        }

        Excerpt.Line(text, length).Any(char.IsControl).ShouldBeFalse();
    });

    [Fact]
    public void Slack_takes_a_message_about_any_log() => Gen.Select(Texts, Texts, Texts, Gen.Int[0, 30]).Sample((name, reason, output, rules) =>
    {
        Log log = LogOf(Named(name), output) with
        {
            TaskName = Named(name),
            AppliedRules = [.. Enumerable.Range(0, rules).Select(_ => new AppliedRule(new Rule(Named(name), RuleType.KeywordForbidden, "x"), RuleOutcomeKind.Flagged) { Reason = reason })],
        };
        var decision = new Decision(DecisionKind.Rejected, DateTimeOffset.UnixEpoch, Named(name), "slack", reason);
        var notice = Notice.Of(log, "https://tracira.example.com/logs/1");
        foreach (JsonObject message in new[] { SlackMessages.About(notice, null, "default/1"), SlackMessages.About(notice, decision, null), SlackMessages.About(notice, null, null) })
            SlackLimits.Breaks(JsonDocument.Parse(message.ToJsonString()).RootElement).ShouldBeFalse();
    }, iter: 300);

    [Fact]
    public void A_message_in_Slack_mentions_nobody_that_an_AI_names()
    {
        const string Mention = "<!channel> <@U1>";
        Log log = LogOf(Mention, Mention) with
        {
            TaskName = Mention,
            AppliedRules = [new AppliedRule(new Rule(Mention, RuleType.KeywordForbidden, "x"), RuleOutcomeKind.Flagged) { Reason = Mention }],
        };
        var decision = new Decision(DecisionKind.Approved, DateTimeOffset.UnixEpoch, Mention, "email", Mention);
        using var message = JsonDocument.Parse(SlackMessages.About(Notice.Of(log, "https://x"), decision, null).ToJsonString());
        var call = new SlackCall("", message.RootElement);
        call.Text.ShouldContain("&lt;!channel&gt;");
        string markup = string.Join('\n', MarkupOf(message.RootElement)).Replace("<https://x|Open the log>", "").Replace("<!date^", "");
        markup.ShouldNotContain("<!");
        markup.ShouldNotContain("<@");
    }

    // A header is plain text: Slack reads no mention in it.
    private static IEnumerable<string> MarkupOf(JsonElement message) =>
        from block in message.GetProperty("blocks").EnumerateArray()
        where block.GetProperty("type").GetString() != "header"
        select block.GetRawText().Replace("\\u003C", "<", StringComparison.Ordinal);

    private static string Named(string name) => string.IsNullOrWhiteSpace(name) ? "x" : name.Length > 200 ? name[..200] : name;

    private static Log LogOf(string project, string output) => new()
    {
        Id = "1",
        WorkspaceId = "default",
        ProjectId = "p",
        ProjectName = project,
        Timestamp = DateTimeOffset.UnixEpoch,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Status = LogStatus.Flagged,
        Output = output,
    };

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}
