using System.Globalization;
using System.Text.Json.Nodes;
using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Rules over fields of JSON.</summary>
internal static class JsonCases
{
    private static readonly string[] Signs = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];
    private static readonly string[] Operators =
        ["exists", "missing", "==", "==", "==", "!=", "<", "<=", ">", ">=", "in", "one of", "is", "matches", "contains", "length", "before", "after", "within"];

    /// <summary>Rules of the three kinds over JSON.</summary>
    public static Case Make(Draw draw)
    {
        var words = new Words(draw);
        words.Next();
        words.Next();
        var json = new JsonTexts(draw, words);
        List<Rule> rules = draw.Many(1, 1 + (draw.Size / 2), () => Next(draw, words, json));
        return new Case(rules, draw.Many(Case.Texts, Case.Texts, () => new Input(json.Text(), null, draw.Percent(20) ? json.Text() : "")));
    }

    /// <summary>A rule about the names and values of the case.</summary>
    public static Rule Next(Draw draw, Words words, JsonTexts json) => draw.Below(4) switch
    {
        0 => Keywords(draw, words, json, required: true),
        1 => Keywords(draw, words, json, required: false),
        _ => Field(draw, words, json),
    };

    private static Rule Keywords(Draw draw, Words words, JsonTexts json, bool required)
    {
        string path = Path(draw, json);
        List<string> keywords = draw.Many(1, 4, words.Next);
        RuleType type = required ? RuleType.JsonFieldKeywordRequired : RuleType.JsonFieldKeywordForbidden;
        return new Rule("field keywords", type, draw.Percent(30)
            ? $"{path}: {RuleValues.Short(draw, keywords)}"
            : RuleValues.Long([("path", path), .. KeywordCases.Options(draw, keywords, required)]));
    }

    private static Rule Field(Draw draw, Words words, JsonTexts json)
    {
        string name = draw.Of(Operators);
        string path = Path(draw, json);
        return new Rule("field", RuleType.JsonField, draw.Percent(50) ? ShortForm(draw, words, json, path, name) : LongForm(draw, words, json, path, name));
    }

    private static string ShortForm(Draw draw, Words words, JsonTexts json, string path, string name) => $"{path}{draw.Of(" ", "  ")}" + name switch
    {
        "exists" or "missing" => name,
        "==" or "!=" => $"{name}{draw.Of("", " ")}{draw.Of(json.Scalars)}",
        "<" or "<=" or ">" or ">=" => $"{name} {Number(draw)}",
        "in" => Range(draw) is var (min, max) ? $"in {min}..{max}" : "",
        "one of" => $"in [{string.Join(", ", draw.Many(1, 4, () => draw.Percent(80) ? draw.Of(json.Scalars) : draw.Of("a", "open", "7up")))}]",
        "is" => $"is {draw.Of(Types)}",
        "matches" => $"matches /{new Patterns(draw, words).Next().Text}/{draw.Of("", "i", "s")}",
        "contains" => $"contains {draw.Of(json.Scalars)}",
        "length" => $"length {draw.Of(Signs)} {draw.Below(4)}",
        "before" or "after" => $"{name} {draw.Of("2026-01-20", "2026-01-20T12:00:00Z", "\"2025-06-01\"")}",
        _ => $"within {draw.Below(4)} {draw.Of("minutes", "hours", "days", "weeks", "day")}{draw.Of("", " ago", " ahead")}",
    };

    private static string LongForm(Draw draw, Words words, JsonTexts json, string path, string name)
    {
        (string, object?)[] operands = name switch
        {
            "exists" or "missing" => [],
            "==" or "!=" or "contains" => [("value", (object?)JsonNode.Parse(draw.Of(json.Scalars)) ?? RuleValues.Null)],
            "<" or "<=" or ">" or ">=" => [("value", JsonNode.Parse(Number(draw)))],
            "in" => Range(draw) is var (min, max) ? [("min", JsonNode.Parse(min)), ("max", JsonNode.Parse(max))] : [],
            "one of" => [("values", new JsonArray([.. draw.Many(1, 4, () => JsonNode.Parse(draw.Of(json.Scalars)))]))],
            "is" => [("type", draw.Of(Types))],
            "matches" => [("pattern", new Patterns(draw, words).Next().Text is { Length: > 0 } pattern ? pattern : "a"), ("flags", draw.Of("", "i", "m"))],
            "length" => [("compare", draw.Of(Signs)), ("value", draw.Below(4))],
            "before" or "after" => [("date", draw.Of("2026-01-20", "2026-01-20T12:00:00Z"))],
            _ => [("amount", draw.Below(4)), ("unit", draw.Of("minutes", "hours", "days", "weeks")), ("direction", draw.Of<string?>(null, "ago", "ahead"))],
        };
        return RuleValues.Long([("path", path), ("operator", name == "one of" ? "in" : name), .. operands]);
    }

    private static string Number(Draw draw) => draw.Of("0", "1", "1.0", "2", "12.5", "-1", "1e30", "0.1", "79228162514264337593543950335", "1e400");

    private static (string Min, string Max) Range(Draw draw)
    {
        decimal min = draw.Between(-2, 3);
        return (min.ToString(CultureInfo.InvariantCulture), (min + draw.Of(0m, 0.0m, 0.5m, 2m, 11.50m)).ToString(CultureInfo.InvariantCulture));
    }

    private static string Path(Draw draw, JsonTexts json)
    {
        if (draw.Percent(3))
            return "$";
        if (draw.Percent(2))
            return string.Concat(draw.Many(58, 63, () => draw.Of("[0]", "[-1]")));
        string path = draw.Percent(8) ? draw.Of("action", "$.action", "[\"action\"]") : First(draw, json);
        List<string> steps = draw.Many(0, draw.Of(0, 0, 1, 2, 3), () => Step(draw, json, wildcards: true));
        return path + string.Concat(steps);
    }

    private static string First(Draw draw, JsonTexts json)
    {
        string step = Step(draw, json, wildcards: false);
        return draw.Percent(30) ? "$" + step : step.TrimStart('.');
    }

    private static string Step(Draw draw, JsonTexts json, bool wildcards)
    {
        if (draw.Percent(20))
            return draw.Of("[0]", "[1]", "[2]", "[-1]", "[-2]", "[+1]", wildcards ? "[*]" : "[0]", wildcards ? "[*]" : "[-1]", wildcards ? "[*]" : "[-0]");
        string name = draw.Of(json.Names);
        return draw.Percent(20) || name.Length == 0 || name.IndexOfAny([' ', '.', ']']) >= 0 ? $"[\"{name}\"]" : $".{name}";
    }
}
