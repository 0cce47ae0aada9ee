namespace Tracira.Server.Outbound;

/// <summary>The beginning of a text that is too long for where it is to go.</summary>
internal static class Excerpt
{
    private const char Ellipsis = '…';

    /// <summary>Cuts a text, never in the middle of a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most UTF-16 units the result has.</param>
    public static string Of(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end].TrimEnd() + Ellipsis;
    }

    /// <summary>A text as one line, such as a subject: breaks and other control characters become spaces.</summary>
    public static string Line(string text, int length) =>
        Of(string.Create(text.Length, text, static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
        }).Trim(), length);
}
