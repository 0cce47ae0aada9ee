using System.Globalization;

namespace Tracira;

/// <summary>Reads ISO 8601 moments; without an offset they are UTC.</summary>
internal static class IsoTime
{
    /// <summary>What to tell somebody who sent something else.</summary>
    public const string Expected = "must be an ISO 8601 date or time such as 2026-01-31T10:30:00Z";

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a moment.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
