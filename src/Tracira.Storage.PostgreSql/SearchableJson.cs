using System.Text.Json;

namespace Tracira.Storage.PostgreSql;

/// <summary>The JSON that <c>jsonb</c> can hold: it knows no U+0000, no halves of surrogate pairs and no numbers without bound.</summary>
internal static class SearchableJson
{
    private const int MaxDigits = 1_000;

    /// <summary>The JSON as it is, or null where it can be kept but not searched.</summary>
    public static string? Of(string? json) => json is not null && CanHold(json) ? json : null;

    private static bool CanHold(string json)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        try
        {
            while (reader.Read())
            {
                bool holds = reader.TokenType switch
                {
                    JsonTokenType.String or JsonTokenType.PropertyName => !reader.GetString()!.Contains('\0', StringComparison.Ordinal),
                    JsonTokenType.Number => reader.ValueSpan.Length <= MaxDigits && reader.TryGetDouble(out double number) && double.IsFinite(number),
                    _ => true,
                };
                if (!holds)
                    return false;
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
