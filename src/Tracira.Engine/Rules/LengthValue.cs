using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>The value of a length rule.</summary>
/// <param name="Min">The least that is allowed.</param>
/// <param name="Max">The most that is allowed.</param>
/// <param name="Unit">What is counted.</param>
internal sealed partial record LengthValue(int Min, int Max, LengthUnit Unit)
{
    private const string Expected = "must be like 500, 100-500, >=20 or <=300, each with an optional unit: characters, words, lines or bytes";

    /// <summary>Reads the value of a <see cref="RuleType.LengthLimit"/> rule.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static LengthValue Parse(string value) =>
        LongForm.Read(value, "min", "max", "unit") is { } form ? FromLongForm(form) : FromShortForm(value);

    private static LengthValue FromLongForm(LongForm form)
    {
        if (!form.Has("min") && !form.Has("max"))
            throw new RuleValueException("must have min, max or both");
        return Create(Whole("min") ?? 0, Whole("max") ?? int.MaxValue, UnitOf(form.Text("unit") ?? "characters"));

        int? Whole(string name) => form.Number(name) switch
        {
            null => null,
            double number when number is >= 0 and <= int.MaxValue && number == Math.Floor(number) => (int)number,
            _ => throw new RuleValueException($"{name} must be a whole number of 0 or more"),
        };
    }

    private static LengthValue FromShortForm(string value)
    {
        Match match = ShortForm().Match(value);
        if (!match.Success)
            throw new RuleValueException(Expected);
        LengthUnit unit = match.Groups["unit"] is { Success: true } word ? UnitOf(word.Value) : LengthUnit.Characters;
        int first = Whole(match.Groups["first"].Value);
        if (match.Groups["second"] is { Success: true } second)
            return Create(first, Whole(second.Value), unit);
        return match.Groups["sign"].Value == ">=" ? Create(first, int.MaxValue, unit) : Create(0, first, unit);
    }

    private static LengthValue Create(int min, int max, LengthUnit unit) =>
        min <= max ? new LengthValue(min, max, unit) : throw new RuleValueException($"allows at least {min} and at most {max}: nothing fits");

    private static int Whole(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new RuleValueException(Expected);

    private static LengthUnit UnitOf(string unit) => unit.ToLowerInvariant() switch
    {
        "characters" or "character" or "chars" or "char" => LengthUnit.Characters,
        "words" or "word" => LengthUnit.Words,
        "lines" or "line" => LengthUnit.Lines,
        "bytes" or "byte" => LengthUnit.Bytes,
        _ => throw new RuleValueException("has an unknown unit; there are characters, words, lines and bytes"),
    };

    [GeneratedRegex(
        @"^\s*(?:(?<sign>>=|<=)\s*(?<first>[0-9]{1,10})|(?<first>[0-9]{1,10})(?:\s*-\s*(?<second>[0-9]{1,10}))?)\s*(?<unit>[A-Za-z]+)?\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ShortForm();
}
