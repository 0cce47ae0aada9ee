using System.Buffers;
using System.Globalization;

namespace Tracira;

/// <summary>How a step of a path goes on.</summary>
internal enum JsonStepKind
{
    /// <summary>To the member of a name.</summary>
    Name,

    /// <summary>To an element.</summary>
    Index,

    /// <summary>To every element.</summary>
    Every,
}

/// <summary>A step of a path.</summary>
/// <param name="Kind">How it goes on.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Index">The element's index; below 0 from the end.</param>
internal readonly record struct JsonStep(JsonStepKind Kind, string Name = "", int Index = 0);

/// <summary>A way into a JSON document: <c>$.a.b[0]</c>, <c>a["odd key"]</c>, <c>[-1]</c>, <c>items[*].price</c>.</summary>
internal sealed class JsonPath
{
    private const int MaxSteps = 64;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n.[]=!<>:,\"");
    private readonly JsonStep[] _steps;

    private JsonPath(string text, JsonStep[] steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Its steps.</summary>
    public ReadOnlySpan<JsonStep> Steps => _steps;

    /// <summary>Reads the path that a text begins with.</summary>
    /// <param name="text">The path, and maybe more.</param>
    /// <param name="length">How much of the text is the path.</param>
    /// <param name="fault">What is wrong, where the result is null.</param>
    public static JsonPath? Read(ReadOnlySpan<char> text, out int length, out string fault)
    {
        List<JsonStep> steps = [];
        length = 0;
        fault = "must begin with a path such as $.items[0].price";
        bool rooted = text.StartsWith("$");
        int at = rooted ? 1 : 0;
        while (at < text.Length && steps.Count < MaxSteps)
        {
            ReadOnlySpan<char> rest = text[at..];
            if (rest[0] == '[')
            {
                if (ReadBracket(rest, out int taken) is not { } step)
                {
                    fault = "has a path with a bracket that is not [0], [-1], [*] or [\"name\"]";
                    return null;
                }

                steps.Add(step);
                at += taken;
                continue;
            }

            bool dotted = rest[0] == '.';
            if (!dotted && (steps.Count > 0 || rooted))
                break;
            int name = NameLength(rest[(dotted ? 1 : 0)..]);
            if (name == 0)
                return null;
            at += dotted ? 1 : 0;
            steps.Add(Member(text.Slice(at, name)));
            at += name;
        }

        length = at;
        if (at == 0)
            return null;
        return new JsonPath(text[..at].ToString(), [.. steps]);
    }

    /// <summary>Whether the first step of the path is the member of this name.</summary>
    public bool BeginsWith(string name) => _steps is [{ Kind: JsonStepKind.Name } first, ..] && first.Name == name;

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(NameEnds);
        return end < 0 ? text.Length : end;
    }

    private static JsonStep? ReadBracket(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.StartsWith("[*]"))
        {
            length = 3;
            return new JsonStep(JsonStepKind.Every);
        }

        if (text.StartsWith("[\""))
        {
            int close = text[2..].IndexOf("\"]", StringComparison.Ordinal);
            if (close < 0)
                return null;
            length = close + 4;
            return Member(text.Slice(2, close));
        }

        int end = text.IndexOf(']');
        if (end < 0 || !int.TryParse(text[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
            return null;
        length = end + 1;
        return new JsonStep(JsonStepKind.Index, Index: index);
    }

    // A name is compared with those of an output whose lone halves of surrogate pairs have been replaced.
    private static JsonStep Member(ReadOnlySpan<char> name) =>
        new(JsonStepKind.Name, string.Create(name.Length, name, static (mended, name) => JsonReading.Mend(name, mended)));
}
