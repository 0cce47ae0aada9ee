using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tracira.Storage.PostgreSql;

/// <summary>Text as PostgreSQL can keep it, which knows no U+0000 and no halves of surrogate pairs.</summary>
internal static class StoredText
{
    /// <summary>Stands between the parts of a text to be searched; no text has it, as it is not a character.</summary>
    public const char Separator = '\uFDD1';

    private const char Null = '\uFDD0'; // not a character either

    /// <summary>The text to keep. Halves of surrogate pairs become U+FFFD, as in all JSON.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Write(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
            return text;
        return string.Concat(text.EnumerateRunes().Select(static rune => rune.ToString())).Replace('\0', Null);
    }

    /// <summary>The text that was kept.</summary>
    [return: NotNullIfNotNull(nameof(stored))]
    public static string? Read(string? stored) => stored?.Replace(Null, '\0');

    /// <summary>A key that texts share which differ only in case, and whose order by code points is the ordinal order of the text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Fold(string? text)
    {
        string? folded = Write(text)?.ToUpperInvariant();
        return folded is null || !folded.AsSpan().ContainsAnyInRange('\uE000', '\uFFFF') ? folded : Raise(folded);
    }

    /// <summary>A pattern for <c>like</c> that finds a folded text anywhere.</summary>
    public static string Containing(string text) =>
        $"%{Fold(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    /// <summary>Bytes in whose order texts are in ordinal order.</summary>
    public static byte[] Bytes(string text) => Encoding.BigEndianUnicode.GetBytes(text);

    /// <summary>The text of such bytes.</summary>
    public static string OfBytes(byte[] bytes) => Encoding.BigEndianUnicode.GetString(bytes);

    // UTF-16 has U+E000 to U+FFFF behind all that takes two units. Here they go to the last plane, which is for private use.
    private static string Raise(string folded)
    {
        var raised = new StringBuilder(folded.Length + 8);
        foreach (char unit in folded)
        {
            if (unit >= '\uE000')
                raised.Append(char.ConvertFromUtf32(0x100000 + (unit - 0xE000)));
            else
                raised.Append(unit);
        }

        return raised.ToString();
    }
}
