namespace Tracira;

/// <summary>How two things are compared.</summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>The signs of comparisons, and what they mean.</summary>
internal static class Comparisons
{
    // Longer signs first: <= must not be read as <.
    private static readonly (string Sign, Comparison Comparison)[] Signs =
    [
        ("==", Comparison.Equal), ("!=", Comparison.NotEqual), ("<=", Comparison.LessOrEqual), (">=", Comparison.GreaterOrEqual),
        ("<", Comparison.Less), (">", Comparison.Greater),
    ];

    /// <summary>Reads the sign that a text begins with, and takes it off.</summary>
    public static Comparison? Take(ref string text)
    {
        foreach ((string sign, Comparison comparison) in Signs)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                text = text[sign.Length..].Trim();
                return comparison;
            }
        }

        return null;
    }

    /// <summary>Whether an order of two things, as <see cref="IComparable{T}.CompareTo"/> gives it, is what a comparison asks for.</summary>
    public static bool Holds(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };
}
