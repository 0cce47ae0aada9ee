using System.Globalization;

namespace Tracira;

/// <summary>
/// A number that those of JSON are compared with: as decimals where both sides fit one (28 digits), else as doubles. The short ones, which
/// most are, go by whole numbers.
/// </summary>
internal sealed class JsonNumber : IComparable<JsonNumber>
{
    private readonly decimal? _exact;
    private readonly double _rough;

    private JsonNumber(ReadOnlySpan<char> text, double rough)
    {
        Short = ShortDecimal.Read(text);
        _exact = ExactOf(text);
        _rough = rough;
    }

    /// <summary>The number, where it is a short one.</summary>
    public ShortDecimal Short { get; }

    /// <summary>Reads a number from a rule's value.</summary>
    public static JsonNumber Parse(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rough) || double.IsNaN(rough))
            throw new RuleValueException("lacks a number to compare with");
        return new JsonNumber(text, rough);
    }

    /// <summary>The order of a number in JSON and this one: below 0 where the one in JSON is the smaller.</summary>
    public int OrderOf(ref JsonCursor value)
    {
        if (Short.IsKnown && value.TryGetNumber(out ShortDecimal number))
            return number.CompareTo(Short);
        ReadOnlySpan<char> raw = value.Raw;
        return _exact is { } mine && ExactOf(raw) is { } theirs ? theirs.CompareTo(mine) : RoughOf(raw).CompareTo(_rough);
    }

    /// <summary>Whether a number in JSON is a whole one.</summary>
    public static bool IsWhole(ref JsonCursor value)
    {
        if (value.TryGetNumber(out ShortDecimal number))
            return number.IsWhole;
        ReadOnlySpan<char> raw = value.Raw;
        return ExactOf(raw) is { } exact ? exact == decimal.Truncate(exact) : RoughOf(raw) is double rough && rough.Equals(Math.Truncate(rough));
    }

    /// <inheritdoc/>
    public int CompareTo(JsonNumber? other) => other is null ? 1
        : _exact is { } mine && other._exact is { } theirs ? mine.CompareTo(theirs)
        : _rough.CompareTo(other._rough);

    private static decimal? ExactOf(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) ? exact : null;

    private static double RoughOf(ReadOnlySpan<char> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
