using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>What a <see cref="RuleType.JsonField"/> rule asks of a value.</summary>
/// <param name="Expected">The condition in words, for reasons.</param>
internal abstract record JsonTest(string Expected)
{
    /// <summary>The bounds within which it holds for a number, if it holds for nothing else, and they are short numbers.</summary>
    public virtual NumberBounds? Bounds => null;

    /// <summary>Whether it holds for a value.</summary>
    /// <exception cref="RegexMatchTimeoutException">A pattern that needs backtracking spent its budget.</exception>
    public abstract bool Holds(ref JsonCursor value, DateTimeOffset now);
}

/// <summary>There is a value.</summary>
internal sealed record ExistsTest() : JsonTest("to exist")
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) => true;
}

/// <summary>There is no value; asked only where there is one.</summary>
internal sealed record MissingTest() : JsonTest("to be missing")
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) => false;
}

/// <summary>The value equals a literal, or is ordered before or behind it; only numbers have an order.</summary>
internal sealed record CompareTest(Comparison Comparison, JsonLiteral Literal, string Expected) : JsonTest(Expected)
{
    public override NumberBounds? Bounds => Literal.Number is { Short: { IsKnown: true } bound }
        ? Comparison switch
        {
            Comparison.Less => new NumberBounds(null, bound, Excludes: true),
            Comparison.LessOrEqual => new NumberBounds(null, bound, Excludes: false),
            Comparison.Greater => new NumberBounds(bound, null, Excludes: true),
            Comparison.GreaterOrEqual => new NumberBounds(bound, null, Excludes: false),
            _ => null,
        }
        : null;

    public override bool Holds(ref JsonCursor value, DateTimeOffset now) => Comparison switch
    {
        Comparison.Equal => Literal.Equals(ref value),
        Comparison.NotEqual => !Literal.Equals(ref value),
        _ => value.IsNumber && Comparison.Holds(Literal.Number!.OrderOf(ref value)),
    };
}

/// <summary>The value is a number between two others, inclusive.</summary>
internal sealed record RangeTest(JsonNumber Min, JsonNumber Max, string Expected) : JsonTest(Expected)
{
    public override NumberBounds? Bounds => Min.Short.IsKnown && Max.Short.IsKnown ? new NumberBounds(Min.Short, Max.Short, Excludes: false) : null;

    public override bool Holds(ref JsonCursor value, DateTimeOffset now) =>
        value.IsNumber && Min.OrderOf(ref value) >= 0 && Max.OrderOf(ref value) <= 0;
}

/// <summary>The value equals one of several literals.</summary>
internal sealed record OneOfTest(IReadOnlyList<JsonLiteral> Literals, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now)
    {
        for (int i = 0; i < Literals.Count; i++)
        {
            if (Literals[i].Equals(ref value))
                return true;
        }

        return false;
    }
}

/// <summary>The value is of a JSON type.</summary>
internal sealed record TypeTest(string Type) : JsonTest($"to be {Type}")
{
    /// <summary>The types there are.</summary>
    public static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];

    public override bool Holds(ref JsonCursor value, DateTimeOffset now) => value.First switch
    {
        '"' => Type == "string",
        't' or 'f' => Type == "boolean",
        'n' => Type == "null",
        '[' => Type == "array",
        '{' => Type == "object",
        _ => Type == "number" || (Type == "integer" && JsonNumber.IsWhole(ref value)),
    };
}

/// <summary>The value is a text that matches a regular expression.</summary>
internal sealed record MatchesTest(Regex Regex, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) =>
        value.First == '"' && value.OverText(Regex, static (text, regex) => regex.IsMatch(text));
}

/// <summary>The value is a text with a part, or an array with an element, that equals a literal.</summary>
internal sealed record ContainsTest(JsonLiteral Literal, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now)
    {
        if (value.First == '"')
            return value.OverText(Literal.Text ?? Literal.Source, static (text, part) => text.Contains(part, StringComparison.Ordinal));
        if (value.First != '[' || value.Is(value.Mark + 1, ']'))
            return false;
        JsonCursor element = value;
        int comma = value.Mark;
        do
        {
            element.MoveTo(comma + 1);
            if (Literal.Equals(ref element))
                return true;
            comma = value.Behind(element.Mark);
        }
        while (value.Is(comma, ','));

        return false;
    }
}

/// <summary>The value is a text, array or object of a length.</summary>
internal sealed record LengthTest(Comparison Comparison, int Length, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) => value.First switch
    {
        '"' => value.OverText(this, static (text, test) => test.Comparison.Holds(TextLength.Of(text, LengthUnit.Characters).CompareTo(test.Length))),
        '[' or '{' => Comparison.Holds(value.CountAt(value.Mark).CompareTo(Length)),
        _ => false,
    };
}

/// <summary>The value is a text with an ISO 8601 date before or after another.</summary>
internal sealed record DateTest(bool Before, DateTimeOffset Date, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) =>
        value.First == '"' && value.OverText(
            this, static (text, test) => IsoTime.TryParse(text, out DateTimeOffset date) && (test.Before ? date < test.Date : date > test.Date));
}

/// <summary>The value is a text with an ISO 8601 date not farther from now than a span: before now, behind it, or either.</summary>
internal sealed record WithinTest(TimeSpan Before, TimeSpan After, string Expected) : JsonTest(Expected)
{
    public override bool Holds(ref JsonCursor value, DateTimeOffset now) =>
        value.First == '"' && value.OverText(
            (Test: this, Now: now),
            static (text, state) => IsoTime.TryParse(text, out DateTimeOffset date) && date - state.Now <= state.Test.After && state.Now - date <= state.Test.Before);
}
