namespace Tracira.Engine.Tests.Cases;

/// <summary>Patterns as people write them to keep personal data, keys and promises out of answers, with what they match and almost match.</summary>
internal static class KnownPatterns
{
    private static readonly (string Pattern, string[] Texts)[] All =
    [
        (@"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", ["ada@example.org", "a.b+c@d-e.co.uk", "ada@example", "@example.org", "x@y.z", "ADA@EXAMPLE.ORG"]),
        (@"\b[\w.+-]+@[\w-]+\.[\w.-]+\b", ["ada@example.org", "ä@ö.de", "a@b."]),
        (@"(?:\+|00)\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){1,4}", ["+49 30 1234567", "0044 (20) 7946 0958", "+1-202-555-0143", "+4", "00 1"]),
        (@"\b\d{3}[-. ]?\d{3}[-. ]?\d{4}\b", ["202-555-0143", "2025550143", "202.555.01430", "202 555 0143"]),
        (@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "DE89 3704", "de89 3704 0044 0532 0130 00"]),
        (@"\b(?:\d[ -]*?){13,16}\b", ["4111 1111 1111 1111", "4111-1111-1111-111", "411111111111", "41111111111111111"]),
        (@"\b4\d{3}(?:[ -]?\d{4}){3}\b", ["4111 1111 1111 1111", "4111111111111111", "5111 1111 1111 1111"]),
        (@"\b(?:sk|pk)[-_](?:live|test)[-_][0-9a-zA-Z]{16,}\b", ["sk_live_abcdefghijklmnop", "pk-test-0123456789ABCDEF01", "sk_live_short"]),
        (@"AKIA[0-9A-Z]{16}", ["AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPL", "akiaIOSFODNN7EXAMPLE"]),
        (@"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", ["eyJhbGciOi.eyJzdWIi.c2ln", "eyJhbGciOi.eyJzdWIi"]),
        (@"-----BEGIN [A-Z ]*PRIVATE KEY-----", ["-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY----"]),
        (@"(?:€|\$|£)\s?\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{2})?", ["€ 5", "$1,234.56", "£12", "5 €", "€"]),
        (@"\d+(?:[.,]\d+)?\s?(?:%|percent|prozent)(?: off| rabatt)?", ["20% off", "5,5 Prozent", "20 % OFF", "percent"]),
        (@"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", ["2026-01-31", "2026-13-01", "12026-01-31", "2026-01-32"]),
        (@"\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b", ["31.1.2026", "1/2/26", "1.2.3", "1/2/20266"]),
        (@"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b", ["127.0.0.1", "255.255.255.256", "1.2.3", "10.0.0.254"]),
        (@"https?://[^\s/$.?#][^\s]*", ["https://example.org/a?b=c#d", "http://x", "https:// x", "HTTP://X.Y"]),
        (@"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", ["00:1a:2b:3c:4d:5e", "00:1A:2B:3C:4D:5E", "00:1a:2b:3c:4d"]),
        (@"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", ["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400"]),
        (@"\b(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b", ["123-45-6789", "000-45-6789", "123-00-6789", "123-45-67890"]),
        (@"(?i)\b(?:as an ai|i am|i'm) (?:a )?(?:large )?language model\b", ["As an AI language model", "I'm a large language model", "as an ai languagemodel"]),
        (@"(?im)^\s*(?:ignore|disregard) (?:all )?previous instructions\b", ["Ignore all previous instructions", "\n  disregard previous instructions!", "Please ignore previous instructions"]),
        (@"(?i)\b(?:guarantee|promise)(?:d|s)?\b.{0,20}\brefund", ["We guarantee a full refund", "promised you\na refund", "Guaranteed refunds", "refund guarantee"]),
        (@"^\s*$", ["", " ", "\n", "a"]),
        (@"\A[^\n]{1,20}\n", ["short\n", "a line that is longer than twenty\n", "\n"]),
        (@"(?s)\A```.*```\z", ["```json\n{}\n```", "```", "a ```b```"]),
        (@"<script\b[^>]*>", ["<script>", "<SCRIPT src='x'>", "<scripted>", "<script"]),
        (@"(.)\1{3,}", ["aaaa", "hmmmm", "!!!", "👋👋👋👋"]),
        (@"\p{IsCyrillic}{2,}", ["привет", "п", "Ёж"]),
        (@"[^\x00-\x7F]", ["é", "a", "👋", "\u007f"]),
    ];

    /// <summary>One of them.</summary>
    public static Pattern Any(Draw draw)
    {
        (string pattern, string[] texts) = draw.Of(All);
        return new Pattern(pattern, by => by.Of(texts));
    }
}
