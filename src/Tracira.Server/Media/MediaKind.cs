using System.Buffers;

namespace Tracira.Server.Media;

/// <summary>
/// The kinds of files that are kept: images, audio, PDF, plain text, JSON and CSV. What a file is its first bytes say; only among texts,
/// and where a container can hold several things, what it was declared as counts.
/// </summary>
internal static class MediaKind
{
    /// <summary>How many first bytes are looked at.</summary>
    public const int HeadBytes = 512;

    /// <summary>Why a file is refused, as the end of a sentence about it.</summary>
    public const string Refusal = "is not of a kind that is kept, or not of the kind it was said to be: images, audio, PDF, plain text, JSON and CSV are";

    public const string Unknown = "application/octet-stream";
    private const string Svg = "image/svg+xml";
    private const string PlainText = "text/plain";
    private const string Csv = "text/csv";
    private const string Json = "application/json";
    private const string Pdf = "application/pdf";

    // What text may not have in it: the control characters but tab, line ends, form feed and escape.
    private static readonly SearchValues<byte> NotText = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(static code => code is not (9 or 10 or 11 or 12 or 13 or 27)).Select(static code => (byte)code)]);

    /// <summary>What a file is.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="declared">The media type it was sent with, where it was.</param>
    /// <param name="filename">What it is called.</param>
    /// <returns>The media type to keep it under; null where it is of no kind that is kept.</returns>
    public static string? Detect(ReadOnlySpan<byte> head, string? declared, string filename)
    {
        string said = Said(declared);
        return OfSignature(head, said) ?? (IsText(head) ? OfText(head, said, Path.GetExtension(filename).ToLowerInvariant()) : null);
    }

    /// <summary>Whether a file that is declared as this may be kept.</summary>
    public static bool IsKept(string? declared)
    {
        string said = Said(declared);
        return said is "" or Pdf || IsFamily(said, "image/") || IsFamily(said, "audio/") || TextOf(said) is not null;
    }

    /// <summary>Whether a browser may show it: none of these can run a script.</summary>
    public static bool CanBeShown(string contentType) =>
        contentType is Pdf or PlainText or Csv or Json || IsFamily(contentType, "audio/") || (IsFamily(contentType, "image/") && contentType != Svg);

    private static string? OfSignature(ReadOnlySpan<byte> head, string said)
    {
        if (head.StartsWith("%PDF-"u8))
            return Pdf;
        return OfImage(head) ?? OfAudio(head, said);
    }

    private static string? OfImage(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return "image/gif";
        if (IsContainer(head, "RIFF"u8, "WEBP"u8))
            return "image/webp";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x2A, 0x00]) || head.StartsWith((ReadOnlySpan<byte>)[0x4D, 0x4D, 0x00, 0x2A]))
            return "image/tiff";
        if (head.Length >= 10 && head.StartsWith("BM"u8) && head[6..10].IndexOfAnyExcept((byte)0) < 0)
            return "image/bmp";
        if (head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]))
            return "image/x-icon";
        if (IsBrand(head, "avif"u8, "avis"u8))
            return "image/avif";
        return IsBrand(head, "heic"u8, "heix"u8, "mif1"u8, "msf1"u8) ? "image/heic" : null;
    }

    private static string? OfAudio(ReadOnlySpan<byte> head, string said)
    {
        bool isSaid = IsFamily(said, "audio/");
        if (IsContainer(head, "RIFF"u8, "WAVE"u8))
            return "audio/wav";
        if (head.StartsWith("OggS"u8))
            return IsFamily(said, "video/") ? null : "audio/ogg";
        if (head.StartsWith("fLaC"u8))
            return "audio/flac";
        if (IsContainer(head, "FORM"u8, "AIFF"u8))
            return "audio/aiff";
        if (head.StartsWith("#!AMR"u8))
            return "audio/amr";
        if (head.StartsWith("ID3"u8))
            return "audio/mpeg";
        if (IsBrand(head, "M4A "u8, "M4B "u8))
            return "audio/mp4";
        if (head.Length >= 8 && head[4..].StartsWith("ftyp"u8))
            return isSaid ? "audio/mp4" : null;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return isSaid ? "audio/webm" : null;

        // Bare frames begin with eleven or twelve set bits, which a text in UTF-16 (FF FE) nearly does too.
        if (head.Length < 2 || head[0] != 0xFF || head[1] == 0xFE)
            return null;
        return (head[1] & 0xF6) == 0xF0 ? "audio/aac" : (head[1] & 0xE0) == 0xE0 ? "audio/mpeg" : null;
    }

    private static string? OfText(ReadOnlySpan<byte> head, string said, string extension)
    {
        if (said == Svg || (said.Length == 0 && extension == ".svg"))
            return head.IndexOf("<svg"u8) >= 0 ? Svg : null;
        if (said.Length > 0)
            return TextOf(said);
        return extension switch { ".json" => Json, ".csv" => Csv, _ => PlainText };
    }

    private static string? TextOf(string said) => said switch
    {
        PlainText or "text/markdown" => PlainText,
        Csv or "application/csv" or "text/comma-separated-values" => Csv,
        Json or "text/json" => Json,
        _ => null,
    };

    // The type without its parameters; empty where it says nothing.
    private static string Said(string? declared)
    {
        string type = (declared ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type is Unknown or "binary/octet-stream" or "application/x-download" or "application/force-download" ? "" : type;
    }

    private static bool IsText(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || !head.ContainsAny(NotText);

    private static bool IsFamily(string type, string family) => type.StartsWith(family, StringComparison.Ordinal) && type.Length > family.Length;

    private static bool IsContainer(ReadOnlySpan<byte> head, ReadOnlySpan<byte> container, ReadOnlySpan<byte> form) =>
        head.Length >= 12 && head.StartsWith(container) && head[8..].StartsWith(form);

    private static bool IsBrand(ReadOnlySpan<byte> head, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        IsContainer4(head, first) || IsContainer4(head, second);

    private static bool IsBrand(
        ReadOnlySpan<byte> head, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth) =>
        IsBrand(head, first, second) || IsBrand(head, third, fourth);

    private static bool IsContainer4(ReadOnlySpan<byte> head, ReadOnlySpan<byte> brand) =>
        head.Length >= 12 && head[4..].StartsWith("ftyp"u8) && head[8..].StartsWith(brand);
}
