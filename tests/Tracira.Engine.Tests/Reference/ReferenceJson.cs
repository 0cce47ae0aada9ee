using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tracira.Engine.Tests.Reference;

/// <summary>The JSON in a text: the whole of it, else its first fenced code block, else its first object or array.</summary>
internal sealed class ReferenceJson
{
    private const int MaxAttempts = 16;
    private static readonly char[] Space = [' ', '\t', '\r', '\n'];
    private readonly byte[] _utf8;
    private readonly int _start;

    private ReferenceJson(byte[] utf8, int start, JsonElement root)
    {
        _utf8 = utf8;
        _start = start;
        Root = root;
    }

    /// <summary>The outermost value.</summary>
    public JsonElement Root { get; }

    /// <summary>Finds the JSON in a text; null where there is none.</summary>
    public static ReferenceJson? In(string text)
    {
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // a lone surrogate becomes U+FFFD
        if (Whole(text, 0, text.Length) is { } whole)
            return whole;
        if (Fenced(text) is { } fenced)
            return fenced;
        int at = -1;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            at = text.IndexOfAny(['{', '['], at + 1);
            if (at < 0)
                return null;
            if (BeginningAt(text, at) is { } embedded)
                return embedded;
        }

        return null;
    }

    /// <summary>The place of a value in the text.</summary>
    public TextMatch PlaceOf(JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        if (!_utf8.AsSpan().Overlaps(raw, out int offset))
            throw new ArgumentException("The value is not one of this JSON.", nameof(value));
        return new TextMatch(_start + Encoding.UTF8.GetCharCount(_utf8, 0, offset), Encoding.UTF8.GetCharCount(raw));
    }

    private static ReferenceJson? Fenced(string text)
    {
        int fence = text.IndexOf("```", StringComparison.Ordinal);
        int line = fence < 0 ? -1 : text.IndexOf('\n', fence);
        int end = line < 0 ? -1 : text.IndexOf("```", line, StringComparison.Ordinal);
        return end < 0 ? null : Whole(text, line + 1, end);
    }

    private static ReferenceJson? Whole(string text, int start, int end)
    {
        string untrimmed = text[start..end];
        string trimmed = untrimmed.Trim(Space);
        start += untrimmed.Length - untrimmed.TrimStart(Space).Length;
        byte[] utf8 = Encoding.UTF8.GetBytes(trimmed);
        return TryParse(utf8, out JsonElement root) ? new ReferenceJson(utf8, start, root) : null;
    }

    // How long the value is, a reader tells that stops behind it.
    private static ReferenceJson? BeginningAt(string text, int start)
    {
        byte[] rest = Encoding.UTF8.GetBytes(text[start..]);
        var reader = new Utf8JsonReader(rest);
        try
        {
            reader.Read();
            reader.Skip();
        }
        catch (JsonException)
        {
            return null;
        }

        byte[] utf8 = rest[..(int)reader.BytesConsumed];
        return TryParse(utf8, out JsonElement root) ? new ReferenceJson(utf8, start, root) : null;
    }

    private static bool TryParse(byte[] utf8, out JsonElement root)
    {
        root = default;
        try
        {
            root = JsonDocument.Parse(utf8).RootElement; // at most 64 levels deep, as JsonDocument has it
            return HoldsCharactersOnly(root);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // An escaped surrogate without its other half stands for no character: such a text is no JSON.
    private static bool HoldsCharactersOnly(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(HoldsCharactersOnly),
                JsonValueKind.Object => value.EnumerateObject().All(static member => member.Name is not null && HoldsCharactersOnly(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
