namespace Tracira;

/// <summary>
/// What is the same to a regular expression that ignores case, culture-free: characters with the same lower case. It differs from
/// <see cref="CaseFolding"/>, which follows Unicode: to a regular expression the long s is no s, and a final sigma no sigma.
/// </summary>
internal static class CaseEquivalence
{
    private static readonly Dictionary<char, char[]> Groups = CreateGroups();
    private static readonly char[] Cased = [.. Groups.Keys.Order()];

    /// <summary>A character and those that are the same.</summary>
    public static CharSet Of(char unit) => Groups.TryGetValue(unit, out char[]? same) ? CharSet.Of([.. same.Select(Single)]) : CharSet.Of(unit);

    /// <summary>A set's members and those that are the same as one of them.</summary>
    public static CharSet Of(CharSet set)
    {
        List<(char First, char Last)> all = [.. set.Ranges];
        foreach ((char first, char last) in set.Ranges)
        {
            int at = Array.BinarySearch(Cased, first);
            for (at = at < 0 ? ~at : at; at < Cased.Length && Cased[at] <= last; at++)
            {
                foreach (char same in Groups[Cased[at]])
                    all.Add((same, same));
            }
        }

        return CharSet.Of(all);
    }

    private static (char First, char Last) Single(char unit) => (unit, unit);

    private static Dictionary<char, char[]> CreateGroups()
    {
        var byLower = new Dictionary<char, List<char>>();
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            char lower = char.ToLowerInvariant((char)unit);
            if (lower == unit)
                continue;
            if (!byLower.TryGetValue(lower, out List<char>? group))
                byLower[lower] = group = [lower];
            group.Add((char)unit);
        }

        var groups = new Dictionary<char, char[]>();
        foreach (List<char> group in byLower.Values)
        {
            char[] members = [.. group];
            foreach (char member in members)
                groups[member] = members;
        }

        return groups;
    }
}
