using System.Text.Json;

namespace Tracira.Server.Tests;

/// <summary>The limits of Slack's reference: what breaks one of them Slack refuses whole.</summary>
internal static class SlackLimits
{
    public static bool Breaks(JsonElement message)
    {
        if (message.GetProperty("text").GetString() is not { Length: > 0 and <= 4_000 })
            return true;
        JsonElement[] blocks = [.. message.GetProperty("blocks").EnumerateArray()];
        return blocks.Length is 0 or > 50 || blocks.Any(BlockBreaks);
    }

    private static bool BlockBreaks(JsonElement block) => block.GetProperty("type").GetString() switch
    {
        "header" => TextBreaks(block.GetProperty("text"), "plain_text", 150),
        "section" => TextBreaks(block.GetProperty("text"), "mrkdwn", 3_000),
        "context" => block.GetProperty("elements").GetArrayLength() > 10
            || block.GetProperty("elements").EnumerateArray().Any(static element => TextBreaks(element, "mrkdwn", 3_000)),
        "actions" => block.GetProperty("elements").GetArrayLength() > 25 || block.GetProperty("elements").EnumerateArray().Any(ButtonBreaks),
        _ => true,
    };

    private static bool ButtonBreaks(JsonElement button) =>
        TextBreaks(button.GetProperty("text"), "plain_text", 75)
        || button.GetProperty("value").GetString()!.Length > 2_000
        || button.GetProperty("action_id").GetString()!.Length > 255;

    private static bool TextBreaks(JsonElement text, string type, int length) =>
        text.GetProperty("type").GetString() != type || text.GetProperty("text").GetString() is not { } content || content.Length == 0 || content.Length > length;
}
