using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracira.Engine.Tests.Reference;

/// <summary>What a json_field rule asks of a value, read from the rule's text.</summary>
/// <param name="Operator">The operator's name or sign.</param>
/// <param name="Operands">What it takes, as JSON or bare words; for <c>within</c> amount, unit and direction; for <c>length</c> sign and number.</param>
/// <param name="Pattern">For <c>matches</c>.</param>
internal sealed record ReferenceTest(string Operator, IReadOnlyList<string> Operands, Regex? Pattern = null)
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">"];
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a value in its short or long form, which is known to be right.</summary>
    public static ReferenceTest Read(string value, string path)
    {
        if (value.TrimStart().StartsWith('{'))
            return FromLongForm(JsonDocument.Parse(value).RootElement);
        string rest = value.Trim()[path.Length..].Trim();
        if (Signs.FirstOrDefault(sign => rest.StartsWith(sign, StringComparison.Ordinal)) is { } comparison)
            return new ReferenceTest(comparison, [rest[comparison.Length..].Trim()]);
        string name = new([.. rest.TakeWhile(char.IsAsciiLetter)]);
        string operand = rest[name.Length..].Trim();
        return name switch
        {
            "matches" => new ReferenceTest(name, [], RegexValue.FromShortForm(operand)),
            "in" when operand.StartsWith('[') => new ReferenceTest("one of", Elements(operand[1..^1])),
            "in" => new ReferenceTest(name, operand.Split("..")),
            "length" => new ReferenceTest(name, [new([.. operand.TakeWhile("=!<>".Contains)]), operand.TrimStart('=', '!', '<', '>').Trim()]),
            "within" => new ReferenceTest(name, operand.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            _ => new ReferenceTest(name, [operand]),
        };
    }

    /// <summary>Whether it holds for a value that is there.</summary>
    public bool Holds(JsonElement value, DateTimeOffset now)
    {
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Operator switch
        {
            "exists" => true,
            "missing" => false,
            "==" => Equal(value, Operands[0]),
            "!=" => !Equal(value, Operands[0]),
            "<" or "<=" or ">" or ">=" => value.ValueKind == JsonValueKind.Number && Holds(Operator, Order(value.GetRawText(), Operands[0])),
            "in" => value.ValueKind == JsonValueKind.Number && Order(value.GetRawText(), Operands[0]) >= 0 && Order(value.GetRawText(), Operands[1]) <= 0,
            "one of" => Operands.Any(operand => Equal(value, operand)),
            "is" => IsOfType(value, Operands[0]),
            "matches" => text is not null && Pattern!.IsMatch(text),
            "contains" when text is not null => text.Contains(TextOf(Operands[0]) ?? Operands[0].Trim(), StringComparison.Ordinal),
            "contains" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(element => Equal(element, Operands[0])),
            "length" => LengthOf(value) is { } length && Holds(Operands[0], length.CompareTo(int.Parse(Operands[1], CultureInfo.InvariantCulture))),
            "before" => DateOf(text) < DateOf(Operands[0].Trim('"')),
            "after" => DateOf(text) > DateOf(Operands[0].Trim('"')),
            "within" => DateOf(text) is { } date && IsWithin(date - now),
            _ => throw new InvalidOperationException($"There is no operator {Operator}."),
        };
    }

    private static ReferenceTest FromLongForm(JsonElement form)
    {
        string name = form.GetProperty("operator").GetString()!;
        return name switch
        {
            "matches" => new ReferenceTest(
                name, [], RegexValue.Compile(form.GetProperty("pattern").GetString()!, form.TryGetProperty("flags", out JsonElement flags) ? flags.GetString()! : "")),
            "in" when form.TryGetProperty("values", out JsonElement values) => new ReferenceTest("one of", [.. values.EnumerateArray().Select(static item => item.GetRawText())]),
            "in" => new ReferenceTest(name, [Raw("min"), Raw("max")]),
            "is" => new ReferenceTest(name, [form.GetProperty("type").GetString()!]),
            "before" or "after" => new ReferenceTest(name, [form.GetProperty("date").GetString()!]),
            "length" => new ReferenceTest(name, [form.GetProperty("compare").GetString()!, Raw("value")]),
            "within" => new ReferenceTest(
                name,
                [Raw("amount"), form.GetProperty("unit").GetString()!, .. form.TryGetProperty("direction", out JsonElement direction) ? [direction.GetString()!] : Array.Empty<string>()]),
            "exists" or "missing" => new ReferenceTest(name, []),
            _ => new ReferenceTest(name, [Raw("value")]),
        };

        string Raw(string member) => form.GetProperty(member).GetRawText();
    }

    // Commas part the elements; inside quotes they do not.
    private static string[] Elements(string list) => [.. Regex.Matches(list, "(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^,\"])+", RegexOptions.Singleline).Select(static element => element.Value)];

    private static bool Equal(JsonElement value, string operand) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == TextOf(operand),
        JsonValueKind.Number => TextOf(operand) is null && operand.Trim() is not ("true" or "false" or "null") && Order(value.GetRawText(), operand) == 0,
        JsonValueKind.True => operand.Trim() == "true",
        JsonValueKind.False => operand.Trim() == "false",
        JsonValueKind.Null => operand.Trim() == "null",
        _ => false,
    };

    // A JSON string is the text in it; a number, true, false and null are no text; anything else is a bare word.
    private static string? TextOf(string operand)
    {
        operand = operand.Trim();
        if (operand is "true" or "false" or "null")
            return null;
        if (operand[0] is not ('"' or '-' or (>= '0' and <= '9')))
            return operand;
        try
        {
            JsonElement literal = JsonDocument.Parse(operand).RootElement;
            return literal.ValueKind == JsonValueKind.String ? literal.GetString() : null;
        }
        catch (JsonException)
        {
            return operand;
        }
    }

    private static int Order(string left, string right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exactLeft)
        && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exactRight)
            ? exactLeft.CompareTo(exactRight)
            : double.Parse(left, CultureInfo.InvariantCulture).CompareTo(double.Parse(right, CultureInfo.InvariantCulture));

    private static bool Holds(string sign, int order) => sign switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static bool IsOfType(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && IsWhole(value.GetRawText())),
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Array => type == "array",
        JsonValueKind.Object => type == "object",
        _ => type == "null",
    };

    private static bool IsWhole(string number) => decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
        ? decimal.Truncate(exact) == exact
        : Math.Truncate(double.Parse(number, CultureInfo.InvariantCulture)).Equals(double.Parse(number, CultureInfo.InvariantCulture));

    private static int? LengthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ReferenceLength.Of(value.GetString()!, LengthUnit.Characters),
        JsonValueKind.Array => value.GetArrayLength(),
        JsonValueKind.Object => value.EnumerateObject().Count(),
        _ => null,
    };

    private static DateTimeOffset? DateOf(string? text) => text is not null && DateTimeOffset.TryParseExact(
        text.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date : null;

    private bool IsWithin(TimeSpan fromNow)
    {
        int amount = int.Parse(Operands[0], CultureInfo.InvariantCulture);
        TimeSpan span = Operands[1].TrimEnd('s') switch
        {
            "minute" => TimeSpan.FromMinutes(amount),
            "hour" => TimeSpan.FromHours(amount),
            "day" => TimeSpan.FromDays(amount),
            _ => TimeSpan.FromDays(7 * amount),
        };
        return Operands.Count < 3 ? fromNow.Duration() <= span
            : Operands[2] == "ago" ? fromNow <= TimeSpan.Zero && -fromNow <= span
            : fromNow >= TimeSpan.Zero && fromNow <= span;
    }
}
