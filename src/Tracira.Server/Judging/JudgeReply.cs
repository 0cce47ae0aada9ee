using System.Text.Json;

namespace Tracira.Server.Judging;

/// <summary>What a judge says.</summary>
/// <param name="Pass">Whether the output meets the instruction.</param>
/// <param name="Confidence">How sure the judge is of that, 0 to 1.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record JudgeReply(bool Pass, double Confidence, string Reason)
{
    private const int MaxReason = 1_000;

    /// <summary>The form a reply has to have.</summary>
    public static JsonElement Schema { get; } = JsonDocument.Parse(
        """
        {"type":"object","properties":{"pass":{"type":"boolean","description":"true if the output passes, false if it fails"},
        "confidence":{"type":"number","description":"how sure you are of that, from 0 to 1"},
        "reason":{"type":"string","description":"why, in one or two sentences for a reviewer"}},
        "required":["pass","confidence","reason"],"additionalProperties":false}
        """).RootElement;

    /// <summary>Reads a reply strictly: a judge that does not answer in the given form has not answered.</summary>
    /// <returns>Null where it is none.</returns>
    public static JudgeReply? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Unfenced(text));
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("pass", out JsonElement pass) || pass.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || !root.TryGetProperty("confidence", out JsonElement confidence) || confidence.ValueKind != JsonValueKind.Number
                || !root.TryGetProperty("reason", out JsonElement reason) || reason.ValueKind != JsonValueKind.String
                || confidence.GetDouble() is not (>= 0 and <= 1))
            {
                return null;
            }

            string why = reason.GetString()!.Trim();
            return new JudgeReply(pass.GetBoolean(), confidence.GetDouble(), why.Length > MaxReason ? why[..MaxReason] : why);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a reply stands, but for white space, in what was to be judged: a model that copies a verdict it was handed has given none.
    /// </summary>
    public static bool IsEcho(string text, params ReadOnlySpan<string?> judged)
    {
        string reply = Dense(Unfenced(text));
        foreach (string? source in judged)
        {
            if (source is not null && Dense(source).Contains(reply, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static string Dense(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));

    // Small models like to put their JSON into a fenced block even when told not to. Nothing else may stand around it.
    private static string Unfenced(string text)
    {
        string trimmed = text.Trim();
        int lineEnd = trimmed.IndexOf('\n', StringComparison.Ordinal);
        return trimmed.StartsWith("```", StringComparison.Ordinal) && trimmed.EndsWith("```", StringComparison.Ordinal) && lineEnd > 0 && trimmed.Length > lineEnd + 3
            ? trimmed[(lineEnd + 1)..^3]
            : trimmed;
    }
}
