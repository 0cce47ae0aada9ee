namespace Tracira;

/// <summary>How often a byte of <see cref="FoldedBytes"/> is met in ordinary text: rough, and only good for choosing what to look for first.</summary>
internal static class LetterFrequency
{
    // Parts of 1,000, a to z; English with a little of everything else.
    private static ReadOnlySpan<byte> Letters => [65, 12, 24, 32, 102, 18, 17, 42, 58, 2, 8, 34, 21, 57, 62, 16, 1, 51, 54, 74, 23, 9, 15, 2, 16, 1];

    /// <summary>The share of a byte, above 0 and below 1.</summary>
    public static float Of(byte unit) => unit switch
    {
        (byte)' ' => 0.16f,
        >= (byte)'a' and <= (byte)'z' => Letters[unit - 'a'] / 1200f,
        >= (byte)'0' and <= (byte)'9' => 0.006f,
        (byte)'.' or (byte)',' or (byte)'\n' or (byte)'-' or (byte)'"' => 0.01f,
        _ => 0.002f,
    };
}
