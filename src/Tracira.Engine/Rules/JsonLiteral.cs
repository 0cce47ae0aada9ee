using System.Text.Json;

namespace Tracira;

/// <summary>A scalar that a JSON field is compared with. A number in a string does not equal a number.</summary>
internal sealed class JsonLiteral
{
    private readonly JsonTokenType _type;
    private readonly string _text;

    private JsonLiteral(JsonTokenType type, string text, string source, JsonNumber? number = null)
    {
        _type = type;
        _text = text;
        Number = number;
        Source = source;
    }

    /// <summary>The literal as it was written.</summary>
    public string Source { get; }

    /// <summary>The text, where the literal is one.</summary>
    public string? Text => _type == JsonTokenType.String ? _text : null;

    /// <summary>The number, where the literal is one.</summary>
    public JsonNumber? Number { get; }

    /// <summary>Reads a JSON scalar; anything else, a bare word, is a text.</summary>
    public static JsonLiteral Parse(string source)
    {
        string trimmed = source.Trim();
        if (trimmed.Length == 0)
            throw new RuleValueException("lacks the value to compare with");
        if (trimmed[0] is '{' or '[')
            throw new RuleValueException("can compare with texts, numbers, true, false and null only");
        if (trimmed[0] is not ('"' or '-' or (>= '0' and <= '9')) && trimmed is not ("true" or "false" or "null"))
            return new JsonLiteral(JsonTokenType.String, trimmed, trimmed);
        try
        {
            using var document = JsonDocument.Parse(trimmed);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.String => new JsonLiteral(JsonTokenType.String, document.RootElement.GetString()!, trimmed),
                JsonValueKind.Number => new JsonLiteral(JsonTokenType.Number, trimmed, trimmed, JsonNumber.Parse(trimmed)),
                JsonValueKind.True => new JsonLiteral(JsonTokenType.True, trimmed, trimmed),
                JsonValueKind.False => new JsonLiteral(JsonTokenType.False, trimmed, trimmed),
                _ => new JsonLiteral(JsonTokenType.Null, trimmed, trimmed),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // "2026-01-31" and "7up" begin like a number and are none; a text in quotes must be a whole one.
            return trimmed[0] == '"' ? throw new RuleValueException("has a text whose quotes do not close") : new JsonLiteral(JsonTokenType.String, trimmed, trimmed);
        }
    }

    /// <summary>Whether a value equals the literal.</summary>
    public bool Equals(ref JsonCursor value) => value.First switch
    {
        '"' => _type == JsonTokenType.String && value.TextEquals(_text),
        't' => _type == JsonTokenType.True,
        'f' => _type == JsonTokenType.False,
        'n' => _type == JsonTokenType.Null,
        '{' or '[' => false,
        _ => Number?.OrderOf(ref value) == 0,
    };
}
