using System.Globalization;

namespace Tracira;

/// <summary>The value of a rule over a field of JSON output: where, and what is asked of it.</summary>
/// <param name="Path">Where.</param>
/// <param name="Test">What is asked.</param>
internal sealed record JsonFieldValue(JsonPath Path, JsonTest Test)
{
    private const int MaxOperands = 1_000;

    private static readonly string[] Members =
        ["path", "operator", "value", "values", "min", "max", "type", "pattern", "flags", "compare", "date", "amount", "unit", "direction"];

    /// <summary>Reads the value of a <see cref="RuleType.JsonField"/> rule.</summary>
    /// <exception cref="RuleValueException">The value does not fit.</exception>
    public static JsonFieldValue Parse(string value) => LongForm.Read(value, Members) is { } form ? FromLongForm(form) : FromShortForm(value.Trim());

    /// <summary>Reads a path that must be the whole of a text.</summary>
    public static JsonPath PathOf(string text) =>
        JsonPath.Read(text.Trim(), out int length, out string fault) is { } path && length == text.Trim().Length ? path : throw new RuleValueException(fault);

    private static JsonFieldValue FromShortForm(string value)
    {
        if (JsonPath.Read(value, out int length, out string fault) is not { } path)
            throw new RuleValueException(fault);
        string rest = value[length..].Trim();
        if (Comparisons.Take(ref rest) is { } comparison)
            return new JsonFieldValue(path, Compare(comparison, rest));
        int end = rest.AsSpan().IndexOfAny(" \t[");
        string word = end < 0 ? rest : rest[..end];
        string operand = rest[word.Length..].Trim();
        return new JsonFieldValue(path, word switch
        {
            "exists" when operand.Length == 0 => new ExistsTest(),
            "missing" when operand.Length == 0 => new MissingTest(),
            "in" when operand.StartsWith('[') => OneOf(Elements(operand), operand),
            "in" when operand.Split("..") is [var min, var max] => Range(min, max),
            "is" => IsType(operand),
            "matches" => new MatchesTest(RegexValue.FromShortForm(operand), $"to match {operand}"),
            "contains" => new ContainsTest(JsonLiteral.Parse(operand), $"to contain {operand}"),
            "length" when Comparisons.Take(ref operand) is { } by => Length(by, operand),
            "before" or "after" => Date(word, operand),
            "within" when operand.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var amount, var unit, ..] words && words.Length <= 3 =>
                Within(amount, unit, words.Length == 3 ? words[2] : null),
            _ => throw new RuleValueException(
                "must be a path and a condition: exists, missing, == v, != v, < v, <= v, > v, >= v, in a..b, in [v, …], is type, "
                + "matches /re/, contains v, length <op> n, before date, after date, within n days ago"),
        });
    }

    private static JsonFieldValue FromLongForm(LongForm form)
    {
        JsonPath path = PathOf(form.Required("path"));
        string name = form.Required("operator");
        string sign = name;
        if (Comparisons.Take(ref sign) is { } comparison && sign.Length == 0)
            return new JsonFieldValue(path, Compare(comparison, Literal()));
        return new JsonFieldValue(path, name switch
        {
            "exists" => new ExistsTest(),
            "missing" => new MissingTest(),
            "in" when form.Has("values") => OneOf(form.Raws("values"), Operand("values")),
            "in" => Range(Operand("min"), Operand("max")),
            "is" => IsType(form.Required("type")),
            "matches" => new MatchesTest(RegexValue.Compile(form.Required("pattern"), form.Text("flags") ?? ""), $"to match /{form.Text("pattern")}/"),
            "contains" => new ContainsTest(JsonLiteral.Parse(Literal()), $"to contain {Literal()}"),
            "length" => Length(Sign(form.Required("compare")), Operand("value")),
            "before" or "after" => Date(name, form.Required("date")),
            "within" => Within(Operand("amount"), form.Required("unit"), form.Text("direction")),
            _ => throw new RuleValueException(
                "has an unknown operator; there are exists, missing, ==, !=, <, <=, >, >=, in, is, matches, contains, length, before, after and within"),
        });

        string Operand(string member) => form.Raw(member) ?? throw new RuleValueException($"{member} is missing");

        // Null is a value to compare with, and not the absence of one.
        string Literal() => form.RawOrNull("value") ?? throw new RuleValueException("value is missing");
    }

    private static Comparison Sign(string text) =>
        Comparisons.Take(ref text) is { } comparison && text.Length == 0 ? comparison : throw new RuleValueException("compare must be ==, !=, <, <=, > or >=");

    private static CompareTest Compare(Comparison comparison, string operand)
    {
        JsonLiteral literal = JsonLiteral.Parse(operand);
        if (comparison is not (Comparison.Equal or Comparison.NotEqual) && literal.Number is null)
            throw new RuleValueException("orders numbers only; for dates there are before, after and within");
        string sign = comparison switch
        {
            Comparison.Equal => "",
            Comparison.NotEqual => "anything but ",
            Comparison.Less => "< ",
            Comparison.LessOrEqual => "<= ",
            Comparison.Greater => "> ",
            _ => ">= ",
        };
        return new CompareTest(comparison, literal, sign + literal.Source);
    }

    private static RangeTest Range(string min, string max)
    {
        JsonNumber from = JsonNumber.Parse(min.Trim());
        JsonNumber to = JsonNumber.Parse(max.Trim());
        return from.CompareTo(to) <= 0
            ? new RangeTest(from, to, $"{min.Trim()} to {max.Trim()}")
            : throw new RuleValueException($"has the range {min.Trim()}..{max.Trim()}, which is empty");
    }

    private static OneOfTest OneOf(IReadOnlyList<string> literals, string source) => literals.Count is >= 1 and <= MaxOperands
        ? new OneOfTest([.. literals.Select(JsonLiteral.Parse)], $"one of {source}")
        : throw new RuleValueException($"must list 1 to {MaxOperands:N0} values");

    // In the short form the elements may be bare words; commas inside quotes part nothing.
    private static List<string> Elements(string list)
    {
        if (!list.EndsWith(']'))
            throw new RuleValueException("has a list that is not closed with ]");
        List<string> elements = [];
        int start = 1;
        bool quoted = false;
        for (int at = 1; at < list.Length; at++)
        {
            if (list[at] == '\\' && quoted)
                at++;
            else if (list[at] == '"')
                quoted = !quoted;
            else if (!quoted && (list[at] == ',' || at == list.Length - 1))
            {
                elements.Add(list[start..at]);
                start = at + 1;
            }
        }

        return elements;
    }

    private static TypeTest IsType(string type) => TypeTest.Types.Contains(type.Trim())
        ? new TypeTest(type.Trim())
        : throw new RuleValueException($"has an unknown type; there are {string.Join(", ", TypeTest.Types)}");

    private static LengthTest Length(Comparison comparison, string operand) =>
        int.TryParse(operand.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            ? new LengthTest(comparison, length, $"a length {comparison switch
            {
                Comparison.Equal => "of",
                Comparison.NotEqual => "other than",
                Comparison.Less => "under",
                Comparison.LessOrEqual => "of at most",
                Comparison.Greater => "over",
                _ => "of at least",
            }} {length}")
            : throw new RuleValueException("lacks the length, a whole number");

    private static DateTest Date(string word, string operand) => IsoTime.TryParse(operand.Trim().Trim('"'), out DateTimeOffset date)
        ? new DateTest(word == "before", date, $"a date {word} {operand.Trim()}")
        : throw new RuleValueException($"has a date that {IsoTime.Expected}");

    private static WithinTest Within(string amount, string unit, string? direction)
    {
        if (!int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 100_000)
            throw new RuleValueException("lacks the number of minutes, hours, days or weeks, up to 100,000");
        TimeSpan span = unit.ToLowerInvariant() switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(number),
            "hour" or "hours" => TimeSpan.FromHours(number),
            "day" or "days" => TimeSpan.FromDays(number),
            "week" or "weeks" => TimeSpan.FromDays(7L * number),
            _ => throw new RuleValueException("has an unknown unit; there are minutes, hours, days and weeks"),
        };
        return direction switch
        {
            null => new WithinTest(span, span, $"a date within {number} {unit}"),
            "ago" => new WithinTest(span, TimeSpan.Zero, $"a date at most {number} {unit} ago"),
            "ahead" => new WithinTest(TimeSpan.Zero, span, $"a date at most {number} {unit} ahead"),
            _ => throw new RuleValueException("direction must be ago or ahead"),
        };
    }
}
