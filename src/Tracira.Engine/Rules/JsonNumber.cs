using System.Globalization;
using System.Text.Json;

namespace Tracira;

/// <summary>A JSON number: compared as a decimal where both sides fit one (28 digits), else as a double.</summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>
{
    private readonly decimal? _exact;
    private readonly double _rough;

    private JsonNumber(decimal? exact, double rough)
    {
        _exact = exact;
        _rough = rough;
    }

    /// <summary>Reads a number from a rule's value.</summary>
    public static JsonNumber Parse(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rough) || double.IsNaN(rough))
            throw new RuleValueException("lacks a number to compare with");
        return new JsonNumber(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) ? exact : null, rough);
    }

    /// <summary>The number a reader stands on.</summary>
    public static JsonNumber Of(ref Utf8JsonReader reader)
    {
        decimal? exact = reader.TryGetDecimal(out decimal number) ? number : null;
        return new JsonNumber(exact, reader.TryGetDouble(out double rough) ? rough : double.NaN);
    }

    /// <inheritdoc/>
    public int CompareTo(JsonNumber other) =>
        _exact is { } mine && other._exact is { } theirs ? mine.CompareTo(theirs) : _rough.CompareTo(other._rough);
}
