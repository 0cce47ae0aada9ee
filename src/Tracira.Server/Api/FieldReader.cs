using System.Globalization;
using System.Text.Json;

namespace Tracira.Server.Api;

/// <summary>
/// Reads the fields of a JSON object and gathers every fault instead of stopping at the first. Null and unknown fields are as good as
/// absent; numbers and booleans may come as strings, as no-code tools send them.
/// </summary>
internal sealed class FieldReader
{
    private const string NotText = "must be a string";
    private const string BadText = "holds an unpaired surrogate or bytes that are not UTF-8; send well-formed Unicode";

    private readonly Dictionary<string, JsonElement> _fields = [];
    private readonly string _prefix;

    /// <param name="body">A JSON object.</param>
    /// <param name="errors">Where faults are gathered.</param>
    /// <param name="prefix">What the names of the fields are led by in faults.</param>
    public FieldReader(JsonElement body, List<FieldError> errors, string prefix = "")
    {
        Errors = errors;
        _prefix = prefix;
        foreach (JsonProperty field in body.EnumerateObject())
        {
            try
            {
                _fields[field.Name] = field.Value; // of a name that comes twice the last wins
            }
            catch (InvalidOperationException)
            {
                Fault("(a field's name)", BadText);
            }
        }
    }

    /// <summary>The faults so far.</summary>
    public List<FieldError> Errors { get; }

    /// <summary>Whether the field is there, even as null.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Whether the field is there and clears what it names: as null or as a text without content.</summary>
    public bool IsNullOrBlank(string name) =>
        _fields.TryGetValue(name, out JsonElement value)
        && (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(Unescape(name, value))));

    public string Required(string name)
    {
        if (Find(name) is not null)
            return Text(name) ?? "";
        Fault(name, "is required");
        return "";
    }

    /// <summary>A text field; with <paramref name="orNumber"/> a number is taken as its digits, as ids often are.</summary>
    public string? Text(string name, bool orNumber = false)
    {
        if (Find(name) is not { } value)
            return null;
        if (orNumber && value.ValueKind == JsonValueKind.Number)
            return value.GetRawText();
        if (value.ValueKind == JsonValueKind.String)
            return Unescape(name, value);
        Fault(name, value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? NotText + "; send JSON as text" : NotText);
        return null;
    }

    /// <summary>A text field; blank is as good as absent.</summary>
    public string? FilledText(string name) => Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The first of several names that is there and not blank: the canonical name, then its aliases.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Text(name, orNumber: true) is { } text && !string.IsNullOrWhiteSpace(text))
                return text;
        }

        return null;
    }

    public double? Number(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number))
            return number;
        if (value.ValueKind == JsonValueKind.String)
        {
            string? text = Unescape(name, value);
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number))
                return number;
        }

        Fault(name, "must be a number");
        return null;
    }

    public int? Whole(string name)
    {
        if (Number(name) is not { } number)
            return null;
        if (number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue)
            return (int)number;
        Fault(name, "must be a whole number");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        if (value.ValueKind == JsonValueKind.String)
        {
            string? text = Unescape(name, value);
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (bool.TryParse(text, out bool boolean))
                return boolean;
        }

        Fault(name, "must be true or false");
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        if (IsoTime.TryParse(text, out DateTimeOffset time))
            return time;
        Fault(name, IsoTime.Expected);
        return null;
    }

    public T Choice<T>(string name, WireEnum<T> words, T otherwise)
        where T : struct, Enum
    {
        if (Text(name) is not { } text || string.IsNullOrWhiteSpace(text))
            return otherwise;
        if (words.TryParse(text, out T value))
            return value;
        Fault(name, $"must be one of {words.All}");
        return otherwise;
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(static item => item.ValueKind != JsonValueKind.String))
        {
            Fault(name, "must be an array of strings");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => Unescape(name, item) ?? "")];
    }

    /// <summary>The elements of an array; none where the field is missing or something else.</summary>
    public IReadOnlyList<JsonElement> Elements(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    /// <summary>The text of a JSON value of one of these kinds; a string's own text.</summary>
    public string? Json(string name, string expected, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (Find(name) is not { } value)
            return null;
        if (!kinds.Contains(value.ValueKind))
        {
            Fault(name, expected);
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
            return Unescape(name, value);
        try
        {
            return value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            Fault(name, BadText);
            return null;
        }
    }

    /// <summary>A reader of a field that is an object itself.</summary>
    public FieldReader? Object(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } value)
            return new FieldReader(value, Errors, $"{_prefix}{name}.");
        Fault(name, "is required and must be an object");
        return null;
    }

    /// <summary>A reader of each item of a field that is an array of objects.</summary>
    public IReadOnlyList<FieldReader> Objects(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object))
            return [.. value.EnumerateArray().Select((item, index) => new FieldReader(item, Errors, $"{_prefix}{name}[{index}]."))];
        Fault(name, "must be an array of objects");
        return [];
    }

    /// <summary>A text field as it lies in the body, for one that is too large to be copied.</summary>
    public JsonElement? RawText(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.String } value)
            return value;
        Fault(name, "is required and must be a string");
        return null;
    }

    /// <summary>Notes what is wrong with the object as a whole.</summary>
    public void Fault(string message) => Errors.Add(new FieldError(_prefix.TrimEnd('.'), message));

    public void Fault(string name, string message) => Errors.Add(new FieldError(_prefix + name, message));

    private JsonElement? Find(string name) =>
        _fields.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? Unescape(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Fault(name, BadText);
            return null;
        }
    }
}
