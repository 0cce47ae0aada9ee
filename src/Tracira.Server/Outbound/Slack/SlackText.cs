using System.Text;

namespace Tracira.Server.Outbound.Slack;

/// <summary>Text in Slack's own markup. Slack counts what it is sent, so lengths are those of the escaped text.</summary>
internal static class SlackText
{
    private const string Fence = "```";

    /// <summary>Takes the meaning from what Slack would read as a mention, a link or an entity, and cuts what is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most UTF-16 units the result has.</param>
    public static string Escape(string text, int length)
    {
        var escaped = new StringBuilder(Math.Min(text.Length, length) + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            int before = escaped.Length;
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ => escaped.Append(rune.ToString()),
            };
            if (escaped.Length <= length - 1)
                continue;
            escaped.Length = before;
            return escaped.Append('…').ToString();
        }

        return escaped.ToString();
    }

    /// <summary>The same for one line, such as a name.</summary>
    public static string EscapeLine(string text, int length) => Escape(Excerpt.Line(text, length), length);

    /// <summary>A block of text shown letter for letter.</summary>
    public static string Verbatim(string text, int length)
    {
        string inside = text.Replace(Fence, "`\u200B`\u200B`", StringComparison.Ordinal); // spaces of no width, or the block would end there
        return $"{Fence}{Escape(inside, length - (2 * Fence.Length))}{Fence}";
    }
}
