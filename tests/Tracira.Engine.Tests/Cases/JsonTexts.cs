using System.Globalization;
using System.Text;

namespace Tracira.Engine.Tests.Cases;

/// <summary>JSON over a few names and values, and texts that hold it, or almost.</summary>
internal sealed class JsonTexts
{
    private static readonly string[] AllNames = ["a", "b", "c", "A", "ab", "odd key", "é", "", "割", "x.y", "action", "\U00010400", "k]", "note"];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "1.0", "1e0", "10E-1", "2", "3", "-1", "12.5", "12.50", "0.1", "0.10000000000000000000000000001", "1E400", "-1e400", "1e-30",
        "123456789012345678901234567890", "79228162514264337593543950335", "79228162514264337593543950336", "9007199254740993",
    ];

    private static readonly string[] Dates =
    [
        "2026-01-20T12:00:00Z", "2026-01-20", "2026-01-19T12:00:00Z", "2026-01-20T11:59:59.9999999Z", "2026-01-21T12:00:00+01:00", " 2026-01-13 ", "2026-02-30",
        "2026-01-20T12:00", "20260120", "2025-01-01", "2026-01-20T13:00:00", "2027-06-05T04:03:02.1-08:00",
    ];

    private readonly Draw _draw;
    private readonly Words _words;

    public JsonTexts(Draw draw, Words words)
    {
        _draw = draw;
        _words = words;
        Names = draw.Many(1, 3, () => draw.Of(AllNames));
        Scalars = draw.Many(3, 8, Scalar);
    }

    /// <summary>The names of the case.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The scalars of the case, as JSON.</summary>
    public IReadOnlyList<string> Scalars { get; }

    /// <summary>A text that holds JSON, most of the time.</summary>
    public string Text()
    {
        string json = _draw.Percent(10) ? _draw.Of(Scalars) : Value(_draw.Between(1, 4), isOutermost: true);
        if (_draw.Percent(5))
            json = Deep(json);
        if (_draw.Percent(10))
            json = Damaged(json);
        string prose = _draw.Of("Sure: ", "é [1] ", "[note] ", "{", "👋\n", "\ud83d ", "\uFEFF", "```", new string('[', 17), "");
        return _draw.Below(10) switch
        {
            < 4 => json,
            4 => Space() + json + Space(),
            5 => $"{prose}```json\n{json}\n```{prose}",
            6 => $"{prose}\n```\r\n{json}```",
            7 => $"```{_draw.Of("json", "", "c#")}\n{prose}\n```\n{json}",
            8 => $"{prose}{json} {Value(2)}",
            _ => prose + json + prose,
        };
    }

    /// <summary>A text in quotes, some of it escaped.</summary>
    public string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char unit in text)
        {
            bool escapes = _draw.Percent(8);
            quoted.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '/' when escapes => "\\/",
                < ' ' => Escape(unit),
                _ when escapes && !char.IsSurrogate(unit) => Escape(unit),
                _ => unit.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Escape(char unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");

    private string Scalar() => _draw.Below(10) switch
    {
        < 4 => _draw.Of(Numbers),
        4 => _draw.Of("true", "false", "null"),
        5 => Quoted(_draw.Of(Dates)),
        6 => Quoted(_draw.Of("1", "12.5", "true", "", "a\nb", "👋", "\"", "\\", "z")),
        7 => _draw.Of("\"\\ud83d\\udc4b\"", "\"\\u00e9\"", "\"\\ud801\\udc00\"", "\"a\\/b\\tc\""),
        _ => Quoted(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(_words.Piece()))), // a rule cannot compare with half of a pair
    };

    private string Value(int depth, bool isOutermost = false)
    {
        if (depth == 0 || (!isOutermost && _draw.Percent(15)))
            return _draw.Percent(15) ? Quoted(_words.Text()) : _draw.Percent(2) ? "\"\\ud83d\"" : _draw.Of(Scalars); // half of a pair, escaped: no JSON
        return _draw.Percent(isOutermost ? 85 : 55)
            ? $"{{{Space()}{string.Join(",", _draw.Many(_draw.Below(3), 5, () => $"{Space()}{Quoted(_draw.Of(Names))}{Space()}:{Space()}{Value(depth - 1)}{Space()}"))}}}"
            : $"[{Space()}{string.Join(",", _draw.Many(_draw.Below(2), 4, () => $"{Space()}{Value(depth - 1)}{Space()}"))}]";
    }

    private string Space() => _draw.Percent(75) ? "" : _draw.Of(" ", "\n", "\t", "\r\n", "  ");

    // Round the deepest nesting that is accepted.
    private string Deep(string json)
    {
        int levels = _draw.Between(57, 66);
        return new string('[', levels) + json + new string(']', levels);
    }

    private string Damaged(string json)
    {
        if (json.Length == 0)
            return json;
        int at = _draw.Below(json.Length);
        return _draw.Below(3) switch
        {
            0 => json.Remove(at, 1),
            1 => json[..at],
            _ => json.Insert(at, _draw.Of(",", "\"", "}", "]", "1", "\\", "\u0001", "\ud83d", "//", "e")),
        };
    }
}
