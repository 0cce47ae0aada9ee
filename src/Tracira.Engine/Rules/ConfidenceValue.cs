using System.Globalization;

namespace Tracira;

/// <summary>The value of a confidence rule.</summary>
/// <param name="Min">The least confidence that is enough, 0 to 1.</param>
/// <param name="FlagMissing">Whether an output without a confidence is flagged; else the rule is skipped for it.</param>
internal sealed record ConfidenceValue(double Min, bool FlagMissing)
{
    /// <summary>Reads the value of a <see cref="RuleType.ConfidenceThreshold"/> rule.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static ConfidenceValue Parse(string value)
    {
        if (LongForm.Read(value, "min", "missing") is not { } form)
        {
            return double.TryParse(value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double minimum)
                ? Create(minimum, "skip")
                : throw new RuleValueException("must be a number between 0 and 1, such as 0.7");
        }

        return Create(form.Number("min") ?? throw new RuleValueException("min is missing"), form.Text("missing") ?? "skip");
    }

    private static ConfidenceValue Create(double min, string missing)
    {
        if (min is not (>= 0 and <= 1))
            throw new RuleValueException("must be between 0 and 1; a confidence of 70 % is 0.7");
        return missing is "skip" or "flag" ? new ConfidenceValue(min, missing == "flag") : throw new RuleValueException("missing must be skip or flag");
    }
}
