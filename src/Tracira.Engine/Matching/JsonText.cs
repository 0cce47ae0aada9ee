using System.Text.Json;

namespace Tracira;

/// <summary>Finds the JSON in an output: the whole of it, or its first fenced code block, or its first balanced object or array.</summary>
internal static class JsonText
{
    /// <summary>How deep JSON may be nested.</summary>
    public const int MaxDepth = 64;

    // A text full of brackets must not be scanned once for each of them.
    private const int MaxAttempts = 16;

    /// <summary>Options of every reader over the JSON.</summary>
    public static JsonReaderOptions Options => new() { MaxDepth = MaxDepth };

    /// <summary>Finds the JSON in UTF-8 text.</summary>
    /// <returns>Where it begins and how long it is; a length of 0 where there is none.</returns>
    public static (int Start, int Length) Find(ReadOnlySpan<byte> text)
    {
        if (Whole(text, 0) is { Length: > 0 } whole)
            return whole;
        if (Fenced(text) is { Length: > 0 } fenced)
            return fenced;

        int from = 0;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            int open = text[from..].IndexOfAny((byte)'{', (byte)'[');
            if (open < 0)
                break;
            from += open;
            int length = JsonGrammar.ValueLength(text[from..]);
            if (length > 0)
                return (from, length);
            from++;
        }

        return default;
    }

    private static (int Start, int Length) Whole(ReadOnlySpan<byte> text, int offset)
    {
        int start = JsonGrammar.Space(text);
        int length = JsonGrammar.ValueLength(text[start..]);
        int end = start + length;
        return length > 0 && end + JsonGrammar.Space(text[end..]) == text.Length ? (offset + start, length) : default;
    }

    private static (int Start, int Length) Fenced(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf("```"u8);
        int line = open < 0 ? -1 : text[open..].IndexOf((byte)'\n');
        if (line < 0)
            return default;
        int start = open + line + 1;
        int length = text[start..].IndexOf("```"u8);
        return length < 0 ? default : Whole(text.Slice(start, length), start);
    }
}
