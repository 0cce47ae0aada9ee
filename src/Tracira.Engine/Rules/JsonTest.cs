using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>What a <see cref="RuleType.JsonField"/> rule asks of a value.</summary>
/// <param name="Expected">The condition in words, for reasons.</param>
internal abstract record JsonTest(string Expected)
{
    /// <summary>Whether it holds for a value.</summary>
    /// <exception cref="RegexMatchTimeoutException">A pattern that needs backtracking spent its budget.</exception>
    public abstract bool Holds(JsonValue value, DateTimeOffset now);

    /// <summary>Runs a function over the unescaped text of a string value, without allocating.</summary>
    protected static bool OverText<TState>(ref Utf8JsonReader reader, TState state, Func<ReadOnlySpan<char>, TState, bool> function)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return function(buffer.AsSpan(0, reader.CopyString(buffer)), state);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}

/// <summary>There is a value.</summary>
internal sealed record ExistsTest() : JsonTest("to exist")
{
    public override bool Holds(JsonValue value, DateTimeOffset now) => true;
}

/// <summary>There is no value; asked only where there is one.</summary>
internal sealed record MissingTest() : JsonTest("to be missing")
{
    public override bool Holds(JsonValue value, DateTimeOffset now) => false;
}

/// <summary>The value equals a literal, or is ordered before or behind it; only numbers have an order.</summary>
internal sealed record CompareTest(Comparison Comparison, JsonLiteral Literal, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return Comparison switch
        {
            Comparison.Equal => Literal.Equals(ref reader),
            Comparison.NotEqual => !Literal.Equals(ref reader),
            _ => reader.TokenType == JsonTokenType.Number && Comparison.Holds(JsonNumber.Of(ref reader).CompareTo(Literal.Number!.Value)),
        };
    }
}

/// <summary>The value is a number between two others, inclusive.</summary>
internal sealed record RangeTest(JsonNumber Min, JsonNumber Max, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        JsonNumber number = JsonNumber.Of(ref reader);
        return number.CompareTo(Min) >= 0 && number.CompareTo(Max) <= 0;
    }
}

/// <summary>The value equals one of several literals.</summary>
internal sealed record OneOfTest(IReadOnlyList<JsonLiteral> Literals, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        for (int i = 0; i < Literals.Count; i++)
        {
            if (Literals[i].Equals(ref reader))
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

    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => Type == "string",
            JsonTokenType.Number => Type == "number" || (Type == "integer" && IsInteger(ref reader)),
            JsonTokenType.True or JsonTokenType.False => Type == "boolean",
            JsonTokenType.StartArray => Type == "array",
            JsonTokenType.StartObject => Type == "object",
            _ => Type == "null",
        };
    }

    private static bool IsInteger(ref Utf8JsonReader reader) =>
        reader.TryGetDecimal(out decimal exact) ? exact == decimal.Truncate(exact) : reader.TryGetDouble(out double rough) && rough == Math.Truncate(rough);
}

/// <summary>The value is a text that matches a regular expression.</summary>
internal sealed record MatchesTest(Regex Regex, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return reader.TokenType == JsonTokenType.String && OverText(ref reader, Regex, static (text, regex) => regex.IsMatch(text));
    }
}

/// <summary>The value is a text with a part, or an array with an element, that equals a literal.</summary>
internal sealed record ContainsTest(JsonLiteral Literal, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType == JsonTokenType.String)
            return OverText(ref reader, Literal.Text ?? Literal.Source, static (text, part) => text.Contains(part, StringComparison.Ordinal));
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Literal.Equals(ref reader))
                return true;
            reader.Skip();
        }

        return false;
    }
}

/// <summary>The value is a text, array or object of a length.</summary>
internal sealed record LengthTest(Comparison Comparison, int Length, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => OverText(
                ref reader, this, static (text, test) => test.Comparison.Holds(TextLength.Of(text, LengthUnit.Characters).CompareTo(test.Length))),
            JsonTokenType.StartArray or JsonTokenType.StartObject => Comparison.Holds(JsonPath.Count(value).CompareTo(Length)),
            _ => false,
        };
    }
}

/// <summary>The value is a text with an ISO 8601 date before or after another.</summary>
internal sealed record DateTest(bool Before, DateTimeOffset Date, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return reader.TokenType == JsonTokenType.String && OverText(
            ref reader, this, static (text, test) => IsoTime.TryParse(text, out DateTimeOffset date) && (test.Before ? date < test.Date : date > test.Date));
    }
}

/// <summary>The value is a text with an ISO 8601 date not farther from now than a span: before now, behind it, or either.</summary>
internal sealed record WithinTest(TimeSpan Before, TimeSpan After, string Expected) : JsonTest(Expected)
{
    public override bool Holds(JsonValue value, DateTimeOffset now)
    {
        Utf8JsonReader reader = value.Read();
        return reader.TokenType == JsonTokenType.String && OverText(
            ref reader,
            (Test: this, Now: now),
            static (text, state) => IsoTime.TryParse(text, out DateTimeOffset date) && date - state.Now <= state.Test.After && state.Now - date <= state.Test.Before);
    }
}
