using System.Text.Json;

namespace Tracira;

/// <summary>Reads a value in its long form, a JSON object, and takes no member it does not know.</summary>
internal sealed class LongForm
{
    private readonly JsonElement _object;

    private LongForm(JsonElement value, ReadOnlySpan<string> members)
    {
        _object = value;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!members.Contains(member.Name))
                throw new RuleValueException($"\"{Shorten(member.Name)}\" is not known here; there are {string.Join(", ", members!)}");
        }
    }

    /// <summary>The long form, or null where the value does not begin like a JSON object.</summary>
    /// <exception cref="RuleValueException">The value begins like an object but is not one, or has an unknown member.</exception>
    public static LongForm? Read(string value, params ReadOnlySpan<string> members)
    {
        if (!value.AsSpan().TrimStart().StartsWith("{"))
            return null;
        try
        {
            using var document = JsonDocument.Parse(value);
            return new LongForm(document.RootElement.Clone(), members);
        }
        catch (JsonException exception)
        {
            throw new RuleValueException(
                $"begins like a JSON object but is not one: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            throw new RuleValueException("holds a name with an unpaired surrogate");
        }
        catch (ArgumentException)
        {
            throw new RuleValueException("holds an unpaired surrogate");
        }
    }

    public bool Has(string name) => _object.TryGetProperty(name, out _);

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => Unescape(name, value),
        _ => throw new RuleValueException($"{name} must be a string"),
    };

    public string Required(string name) => Text(name) ?? throw new RuleValueException($"{name} is missing");

    public bool Flag(string name) => Find(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new RuleValueException($"{name} must be true or false"),
    };

    public double? Number(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        _ => throw new RuleValueException($"{name} must be a number"),
    };

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } array)
            throw new RuleValueException($"{name} must be an array of strings");
        return [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
            ? Unescape(name, item)
            : throw new RuleValueException($"{name} must be an array of strings"))];
    }

    /// <summary>The JSON text of a member.</summary>
    public string? Raw(string name) => Find(name)?.GetRawText();

    /// <summary>The JSON text of a member that may be null.</summary>
    public string? RawOrNull(string name) => _object.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;

    /// <summary>The JSON texts of the elements of an array.</summary>
    public IReadOnlyList<string> Raws(string name) => Find(name) is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Select(static item => item.GetRawText())]
        : throw new RuleValueException($"{name} must be an array");

    private JsonElement? Find(string name) =>
        _object.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Unescape(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RuleValueException($"{name} holds an unpaired surrogate");
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
