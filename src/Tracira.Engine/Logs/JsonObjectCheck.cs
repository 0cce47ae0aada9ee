using System.Text;
using System.Text.Json;

namespace Tracira;

/// <summary>Holds the JSON objects that come with a submission to their limits.</summary>
internal static class JsonObjectCheck
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Adds an error where the text is not a JSON object of at most 64 KiB.</summary>
    public static void Check(string field, string? text, List<FieldError> errors)
    {
        using JsonDocument? _ = Read(field, text, errors);
    }

    /// <summary>The same, and leaves out the members that say nothing: no-code tools send every field that was not filled in as null or "".</summary>
    /// <returns>The text as it came where it has no such members.</returns>
    public static string? CheckAndDropBlanks(string field, string? text, List<FieldError> errors)
    {
        using JsonDocument? document = Read(field, text, errors);
        if (document is null)
            return text;
        JsonProperty[] members = [.. document.RootElement.EnumerateObject()];
        JsonProperty[] kept = [.. members.Where(static member => !IsBlank(member.Value))];
        return kept.Length == members.Length ? text : $"{{{string.Join(',', kept)}}}"; // a member's text is what it was in the document
    }

    private static JsonDocument? Read(string field, string? text, List<FieldError> errors)
    {
        if (text is null)
            return null;
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            errors.Add(new(field, "is larger than 64 KiB; keep large data elsewhere and send a reference to it"));
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            errors.Add(new(field, "must be a JSON object"));
        }
        catch (JsonException)
        {
            errors.Add(new(field, "must be a JSON object of at most 64 levels"));
        }

        return null;
    }

    private static bool IsBlank(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.ValueKind == JsonValueKind.Null;
        try
        {
            return string.IsNullOrWhiteSpace(value.GetString());
        }
        catch (InvalidOperationException)
        {
            return false; // a lone surrogate is not text, but it is not blank either
        }
    }
}
