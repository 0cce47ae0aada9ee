using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tracira;

/// <summary>What following a path came to.</summary>
internal enum PathResult
{
    /// <summary>There is nothing at the path.</summary>
    Missing,

    /// <summary>What was asked holds for every value at the path.</summary>
    Holds,

    /// <summary>What was asked does not hold for a value at the path.</summary>
    Fails,
}

/// <summary>Is shown each value that a path leads to.</summary>
internal interface IJsonVisitor
{
    /// <summary>Whether what is asked holds where there is no value, so that <c>[*]</c> goes on behind an element that has none.</summary>
    bool TakesMissing { get; }

    /// <summary>Whether what is asked holds for the value.</summary>
    bool Visit(JsonValue value);
}

/// <summary>A way into a JSON document: <c>$.a.b[0]</c>, <c>a["odd key"]</c>, <c>[-1]</c>, <c>items[*].price</c>.</summary>
internal sealed class JsonPath
{
    private const int MaxSegments = 64;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n.[]=!<>:,\"");
    private readonly Segment[] _segments;

    private JsonPath(string text, Segment[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads the path that a text begins with.</summary>
    /// <param name="text">The path, and maybe more.</param>
    /// <param name="length">How much of the text is the path.</param>
    /// <param name="fault">What is wrong, where the result is null.</param>
    public static JsonPath? Read(ReadOnlySpan<char> text, out int length, out string fault)
    {
        List<Segment> segments = [];
        length = 0;
        fault = "must begin with a path such as $.items[0].price";
        bool rooted = text.StartsWith("$");
        int at = rooted ? 1 : 0;
        while (at < text.Length && segments.Count < MaxSegments)
        {
            ReadOnlySpan<char> rest = text[at..];
            if (rest[0] == '[')
            {
                if (ReadBracket(rest, out int taken) is not { } segment)
                {
                    fault = "has a path with a bracket that is not [0], [-1], [*] or [\"name\"]";
                    return null;
                }

                segments.Add(segment);
                at += taken;
                continue;
            }

            bool dotted = rest[0] == '.';
            if (!dotted && (segments.Count > 0 || rooted))
                break;
            int name = NameLength(rest[(dotted ? 1 : 0)..]);
            if (name == 0)
                return null;
            at += dotted ? 1 : 0;
            segments.Add(new Segment(Encoding.UTF8.GetBytes(text.Slice(at, name).ToString()), 0, false));
            at += name;
        }

        length = at;
        if (at == 0)
            return null;
        return new JsonPath(text[..at].ToString(), [.. segments]);
    }

    /// <summary>Whether the first step of the path is the member of this name.</summary>
    public bool BeginsWith(ReadOnlySpan<byte> name) => _segments is [{ Name: { } first }, ..] && name.SequenceEqual(first);

    /// <summary>Follows the path and shows the visitor what is there; a wildcard's values must all hold.</summary>
    /// <param name="value">Where to begin.</param>
    /// <param name="depth">How many steps of the path have been gone already.</param>
    /// <param name="visitor">Is shown what is there.</param>
    public PathResult Follow<TVisitor>(JsonValue value, int depth, ref TVisitor visitor)
        where TVisitor : IJsonVisitor, allows ref struct
    {
        if (depth == _segments.Length)
            return visitor.Visit(value) ? PathResult.Holds : PathResult.Fails;
        Segment segment = _segments[depth];
        if (segment.IsEvery)
            return FollowEvery(value, depth, ref visitor);
        int start = segment.Name is { } name ? Member(value, name) : Element(value, segment.Index);
        return start < 0 ? PathResult.Missing : Follow(new JsonValue(value.Document, start), depth + 1, ref visitor);
    }

    private PathResult FollowEvery<TVisitor>(JsonValue value, int depth, ref TVisitor visitor)
        where TVisitor : IJsonVisitor, allows ref struct
    {
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return PathResult.Missing;
        PathResult result = PathResult.Missing;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result = Follow(new JsonValue(value.Document, value.Start + (int)reader.TokenStartIndex), depth + 1, ref visitor);
            if (result == PathResult.Fails || (result == PathResult.Missing && !visitor.TakesMissing))
                return result;
            reader.Skip();
        }

        return result;
    }

    private static int Member(JsonValue value, byte[] name)
    {
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return -1;
        int found = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool same = reader.ValueTextEquals(name);
            reader.Read();
            if (same)
                found = value.Start + (int)reader.TokenStartIndex; // of duplicate keys the last wins
            reader.Skip();
        }

        return found;
    }

    private static int Element(JsonValue value, int index)
    {
        if (index < 0)
            index += Count(value);
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType != JsonTokenType.StartArray || index < 0)
            return -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
                return value.Start + (int)reader.TokenStartIndex;
            reader.Skip();
        }

        return -1;
    }

    /// <summary>How many elements an array or members an object has; 0 for anything else.</summary>
    public static int Count(JsonValue value)
    {
        Utf8JsonReader reader = value.Read();
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            return 0;
        int count = 0;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                reader.Read();
            reader.Skip();
            count++;
        }

        return count;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(NameEnds);
        return end < 0 ? text.Length : end;
    }

    private static Segment? ReadBracket(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.StartsWith("[*]"))
        {
            length = 3;
            return new Segment(null, 0, true);
        }

        if (text.StartsWith("[\""))
        {
            int close = text[2..].IndexOf("\"]", StringComparison.Ordinal);
            if (close < 0)
                return null;
            length = close + 4;
            return new Segment(Encoding.UTF8.GetBytes(text.Slice(2, close).ToString()), 0, false);
        }

        int end = text.IndexOf(']');
        if (end < 0 || !int.TryParse(text[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
            return null;
        length = end + 1;
        return new Segment(null, index, false);
    }

    private sealed record Segment(byte[]? Name, int Index, bool IsEvery);
}
