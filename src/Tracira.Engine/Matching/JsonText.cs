namespace Tracira;

/// <summary>Finds the JSON in an output: the whole of it, or its first fenced code block, or its first balanced object or array.</summary>
internal static class JsonText
{
    /// <summary>How deep JSON may be nested.</summary>
    public const int MaxDepth = 64;

    // A text full of brackets must not be scanned once for each of them.
    private const int MaxAttempts = 16;

    /// <summary>Finds the JSON in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Takes the marks of the JSON: as many as the text is long, and <see cref="JsonMarks.Slack"/>.</param>
    /// <param name="ends">Takes for each mark that opens an object or array the one that closes it.</param>
    /// <param name="marks">What else has been seen.</param>
    /// <returns>Whether there is any.</returns>
    public static bool Find(ReadOnlySpan<char> text, Span<int> places, Span<int> ends, out JsonMarks marks)
    {
        if (IsWhole(text, 0, places, ends, out marks))
            return true;
        int open = text.IndexOf("```");
        int line = open < 0 ? -1 : text[open..].IndexOf('\n');
        if (line >= 0)
        {
            int start = open + line + 1;
            int length = text[start..].IndexOf("```");
            if (length >= 0 && IsWhole(text[..(start + length)], start, places, ends, out marks))
                return true;
        }

        int from = 0;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            int bracket = text[from..].IndexOfAny('{', '[');
            if (bracket < 0)
                break;
            from += bracket;
            marks = new JsonMarks(text, from, places);
            if (JsonGrammar.ValueLength(text, ref marks, ends) > 0)
                return true;
            from++;
        }

        return false;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int from, Span<int> places, Span<int> ends, out JsonMarks marks)
    {
        int start = from + JsonGrammar.Space(text[from..]);
        marks = new JsonMarks(text, start, places);
        if (start == text.Length || !JsonGrammar.IsBeginning(text[start]))
            return false;
        int length = JsonGrammar.ValueLength(text, ref marks, ends);
        int end = start + length;
        return length > 0 && end + JsonGrammar.Space(text[end..]) == text.Length;
    }
}
