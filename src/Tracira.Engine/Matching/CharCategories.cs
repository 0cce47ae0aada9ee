using System.Collections.Concurrent;
using System.Globalization;

namespace Tracira;

/// <summary>The sets that patterns have names for: <c>\d</c>, <c>\w</c>, <c>\s</c> and Unicode's general categories.</summary>
internal static class CharCategories
{
    private const string Names = "LuLlLtLmLoMnMcMeNdNlNoZsZlZpCcCfCsCoPcPdPsPePiPfPoSmScSkSoCn"; // in the order of UnicodeCategory
    private const uint Cased = 0b111; // Lu, Ll, Lt: the same where case does not matter
    private static readonly ConcurrentDictionary<uint, CharSet> Sets = new();

    /// <summary>What <c>\d</c> is.</summary>
    public static CharSet Digits { get; } = Of(1u << (int)UnicodeCategory.DecimalDigitNumber);

    /// <summary>What <c>\s</c> is.</summary>
    public static CharSet Spaces { get; } = CharSet.Where(char.IsWhiteSpace);

    /// <summary>What <c>\w</c> is.</summary>
    public static CharSet Words { get; } = Of(Letters("L") | Letters("Mn") | Letters("Nd") | Letters("Pc"));

    /// <summary>What <c>\b</c> takes for a part of a word: also what joins letters, and what keeps them apart.</summary>
    public static CharSet BoundaryWords { get; } = Words.Union(CharSet.Of([('\u200C', '\u200D')]));

    /// <summary>What <c>\p{name}</c> is; null for names that are not general categories.</summary>
    public static CharSet? Named(string name, bool ignoreCase)
    {
        uint categories = name.Length is 1 or 2 ? Letters(name) : 0;
        if (categories == 0)
            return null;
        return Of(ignoreCase && name.Length == 2 && (categories & Cased) != 0 ? Cased : categories);
    }

    // One category by two letters, all of a kind by one.
    private static uint Letters(string name)
    {
        uint categories = 0;
        for (int i = 0; i < Names.Length; i += 2)
        {
            if (Names.AsSpan(i, 2).StartsWith(name, StringComparison.Ordinal))
                categories |= 1u << (i / 2);
        }

        return categories;
    }

    private static CharSet Of(uint categories) =>
        Sets.GetOrAdd(categories, static wanted => CharSet.Where(unit => (wanted >> (int)char.GetUnicodeCategory(unit) & 1) != 0));
}
