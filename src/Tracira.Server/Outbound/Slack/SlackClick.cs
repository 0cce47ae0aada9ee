using System.Text.Json;

namespace Tracira.Server.Outbound.Slack;

/// <summary>A click on a button of a message, as Slack tells of it.</summary>
/// <param name="Subject">What the button is about.</param>
/// <param name="Decision">What it says.</param>
/// <param name="UserId">Slack's id of the person.</param>
/// <param name="UserName">The person's name.</param>
/// <param name="Message">The message the button is on.</param>
/// <param name="ResponseUrl">Where to answer to the person.</param>
internal sealed record SlackClick(SlackSubject Subject, DecisionKind Decision, string UserId, string UserName, SlackPost? Message, Uri? ResponseUrl)
{
    private const int MaxName = 200;

    /// <summary>Reads the payload of an interaction.</summary>
    /// <returns>The click; null where it is something else, or no JSON.</returns>
    public static SlackClick? Parse(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            JsonElement root = document.RootElement;
            if (Text(root, "type") != "block_actions" || Member(root, "actions") is not { ValueKind: JsonValueKind.Array } actions)
                return null;
            JsonElement action = actions.EnumerateArray().FirstOrDefault();
            if (SlackSubject.Parse(Text(action, "value")) is not { } subject
                || KindOf(Text(action, "action_id")) is not { } decision
                || Member(root, "user") is not { } user
                || Text(user, "id") is not { Length: > 0 } userId)
            {
                return null;
            }

            string name = new[] { Text(user, "name"), Text(user, "username") }.FirstOrDefault(static name => !string.IsNullOrWhiteSpace(name)) ?? userId;
            return new SlackClick(subject, decision, userId, Excerpt.Line(name, MaxName), MessageOf(root), UriOf(Text(root, "response_url")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or a text in it that is not Unicode
        }
    }

    private static DecisionKind? KindOf(string? action) => action switch
    {
        SlackMessages.Approve => DecisionKind.Approved,
        SlackMessages.Reject => DecisionKind.Rejected,
        _ => null,
    };

    private static SlackPost? MessageOf(JsonElement root) =>
        Member(root, "container") is { } container && Text(container, "channel_id") is { Length: > 0 } channel && Text(container, "message_ts") is { Length: > 0 } ts
            ? new SlackPost(channel, ts, null)
            : null;

    private static Uri? UriOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
