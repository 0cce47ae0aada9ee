using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracira.Server.Outbound.Slack;

/// <summary>Writes messages as Block Kit has them.</summary>
internal static class SlackMessages
{
    public const string Approve = "approve";
    public const string Reject = "reject";

    // Slack refuses a message of which one part is longer than 3,000 characters, a header longer than 150, a field longer than 2,000.
    private const int MaxHeader = 150;
    private const int MaxName = 200;
    private const int MaxReason = 350;
    private const int MaxReasons = 5;
    private const int MaxContent = 2_500;

    /// <summary>A message about a log.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="decision">The decision that stands; null while there is none.</param>
    /// <param name="subject">What the buttons say back, as <see cref="SlackSubject"/> writes it; null for a message without buttons.</param>
    public static JsonObject About(Notice notice, Decision? decision, string? subject)
    {
        string summary = decision is null ? notice.Headline : $"{notice.Headline} ({DecisionText.Of(decision)})";
        return Message(summary, [.. Blocks(notice, decision, subject)]);
    }

    /// <summary>A message that shows that messages arrive.</summary>
    public static JsonObject Test(string workspaceName)
    {
        string text = $"Tracira can post here. Outputs of {Excerpt.Line(workspaceName, MaxName)} that wait for a person will show up in this channel.";
        return Message(text, [Section(SlackText.Escape(text, MaxContent))]);
    }

    /// <summary>An answer that only the person who clicked sees.</summary>
    public static JsonObject Whisper(string text) => new()
    {
        ["response_type"] = "ephemeral",
        ["replace_original"] = false,
        ["text"] = SlackText.Escape(text, MaxContent),
    };

    private static IEnumerable<JsonNode> Blocks(Notice notice, Decision? decision, string? subject)
    {
        yield return new JsonObject { ["type"] = "header", ["text"] = Plain(Excerpt.Of(notice.Headline, MaxHeader)) };
        yield return Section(Place(notice));
        if (notice.Reasons.Count > 0)
            yield return Section(Reasons(notice.Reasons));
        if (notice.Content.Length > 0)
            yield return Section(SlackText.Verbatim(notice.Content, MaxContent));
        if (decision is not null)
            yield return Context(Decided(decision));
        else if (subject is not null)
            yield return Buttons(subject);
        yield return Context($"<{notice.Link}|Open the log>");
    }

    private static JsonObject Message(string summary, JsonNode[] blocks) => new()
    {
        ["text"] = SlackText.Escape(summary, MaxContent), // what notifications and screen readers tell
        ["blocks"] = new JsonArray(blocks),
        ["unfurl_links"] = false,
        ["unfurl_media"] = false,
    };

    private static string Place(Notice notice)
    {
        string project = $"*Project*  {SlackText.EscapeLine(notice.Project, MaxName)}";
        return notice.Task is { } task ? $"{project}\n*Task*  {SlackText.EscapeLine(task, MaxName)}" : project;
    }

    private static string Reasons(IReadOnlyList<NoticeReason> reasons)
    {
        IEnumerable<string> lines = reasons.Take(MaxReasons)
            .Select(static reason => $"• *{SlackText.EscapeLine(reason.Name, MaxName)}*  {SlackText.EscapeLine(reason.Text, MaxReason)}");
        return string.Join('\n', reasons.Count > MaxReasons ? lines.Append($"• and {reasons.Count - MaxReasons} more") : lines);
    }

    private static string Decided(Decision decision)
    {
        string sign = decision.Kind == DecisionKind.Approved ? ":white_check_mark:" : decision.Kind == DecisionKind.Rejected ? ":x:" : ":pencil2:";
        string date = string.Create(
            CultureInfo.InvariantCulture,
            $"<!date^{decision.At.ToUnixTimeSeconds()}^{{date_short_pretty}} at {{time}}|{decision.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC>");
        string text = $"{sign} *{SlackText.EscapeLine(DecisionText.Of(decision), MaxReason)}*, {date}";
        return decision.Note is { Length: > 0 } note ? $"{text}\n{SlackText.EscapeLine(note, MaxReason)}" : text;
    }

    private static JsonObject Buttons(string subject) => new()
    {
        ["type"] = "actions",
        ["block_id"] = "decision",
        ["elements"] = new JsonArray(Button("Approve", Approve, "primary", subject), Button("Reject", Reject, "danger", subject)),
    };

    private static JsonObject Button(string label, string action, string style, string subject) => new()
    {
        ["type"] = "button",
        ["text"] = Plain(label),
        ["action_id"] = action,
        ["style"] = style,
        ["value"] = subject,
    };

    private static JsonObject Section(string markup) => new() { ["type"] = "section", ["text"] = Markup(markup) };

    private static JsonObject Context(string markup) => new() { ["type"] = "context", ["elements"] = new JsonArray(Markup(markup)) };

    // Verbatim: names of channels and people inside what an AI wrote are no mentions.
    private static JsonObject Markup(string markup) => new() { ["type"] = "mrkdwn", ["text"] = markup, ["verbatim"] = true };

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };
}
