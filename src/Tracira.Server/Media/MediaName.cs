using System.Globalization;

namespace Tracira.Server.Media;

/// <summary>The names of files, made harmless.</summary>
internal static class MediaName
{
    public const string Unnamed = "file";
    private const int MaxLength = 200;
    private const int MaxInKey = 100;

    /// <summary>A name as people see it: without folders, control characters and what turns the direction of writing.</summary>
    public static string Clean(string? name)
    {
        if (name is null)
            return Unnamed;
        string last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        string clean = string.Concat(last.Where(static letter =>
            char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator))).Trim();
        return clean.Trim('.').Length == 0 ? Unnamed : Shorten(clean, MaxLength);
    }

    /// <summary>The name that an address ends in.</summary>
    public static string OfUrl(Uri uri) => Clean(Uri.UnescapeDataString(uri.AbsolutePath));

    /// <summary>A name as a part of a key.</summary>
    public static string InKey(string name)
    {
        string safe = string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_')).TrimStart('.');
        return safe.Length == 0 ? Unnamed : Shorten(safe, MaxInKey);
    }

    // The end of a name says what kind of file it is: what is too long is shortened before it, and never inside a surrogate pair.
    private static string Shorten(string name, int max)
    {
        if (name.Length <= max)
            return name;
        string extension = Path.GetExtension(name);
        if (extension.Length > 16)
            extension = "";
        int end = max - extension.Length;
        return name[..(char.IsHighSurrogate(name[end - 1]) ? end - 1 : end)] + extension;
    }
}
