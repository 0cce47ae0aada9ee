namespace Tracira;

/// <summary>
/// The patterns of all rules of a set that look at the whole output: one scan of the output answers those that <see cref="RegexReader"/>
/// has read. After a change of rules what has been made of a pattern before is taken over.
/// </summary>
internal sealed class RegexIndex
{
    private readonly RegexScanner[] _scanners; // one, unless the patterns tell too many kinds of characters apart for one alphabet
    private readonly int[] _numbers; // rule → its pattern's number in the hits, -1 where it has none
    private readonly int _count;
    private readonly Dictionary<RegexCondition, RegexPattern> _patterns;

    private RegexIndex(RegexScanner[] scanners, int[] numbers, Dictionary<RegexCondition, RegexPattern> patterns)
    {
        _scanners = scanners;
        _numbers = numbers;
        _count = scanners.Sum(static scanner => scanner.Count);
        _patterns = patterns;
    }

    /// <summary>Gathers the patterns of a set's rules.</summary>
    /// <param name="conditions">The conditions of the set, in rule order.</param>
    /// <param name="former">The patterns of a set with some of the same conditions.</param>
    public static RegexIndex Of(IReadOnlyList<Condition> conditions, RegexIndex? former)
    {
        int[] numbers = new int[conditions.Count];
        Array.Fill(numbers, -1);
        List<RegexScanner> scanners = [];
        Dictionary<RegexCondition, RegexPattern> patterns = [];
        var shares = new ByteShares();
        List<int> open = [.. Enumerable.Range(0, conditions.Count).Where(rule => conditions[rule] is RegexCondition { Node: not null })];
        for (int first = 0; open.Count > 0; first += scanners[^1].Count)
        {
            var letters = new RegexAlphabet.Builder();
            List<int> fitting = [.. open.Where(rule => letters.TryAdd(((RegexCondition)conditions[rule]).Node!))];
            open.RemoveAll(fitting.Contains);
            RegexAlphabet alphabet = letters.Build();
            Dictionary<RegexAlphabet, byte[]> maps = [];
            List<RegexTarget> targets = [];
            foreach (int rule in fitting)
            {
                var condition = (RegexCondition)conditions[rule];
                if (!patterns.TryGetValue(condition, out RegexPattern? pattern) && former?._patterns.TryGetValue(condition, out pattern) != true)
                    pattern = RegexPattern.Of(condition.Node!, alphabet, shares);
                patterns[condition] = pattern!;
                if (!maps.TryGetValue(pattern!.Alphabet, out byte[]? map))
                    maps.Add(pattern.Alphabet, map = alphabet.MapTo(pattern.Alphabet));
                numbers[rule] = first + targets.Count;
                targets.Add(new RegexTarget(pattern, map, condition.WantsPlaces));
            }

            scanners.Add(new RegexScanner(alphabet, targets));
        }

        return new RegexIndex([.. scanners], numbers, patterns);
    }

    /// <summary>Finds out which patterns a text has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wantsPlaces">Whether the places of matches are wanted.</param>
    public RegexHits Scan(ReadOnlySpan<char> text, bool wantsPlaces)
    {
        var hits = new RegexHits(_count, wantsPlaces ? Evaluation.MaxMatches : 0);
        int first = 0;
        foreach (RegexScanner scanner in _scanners)
        {
            scanner.Scan(text, hits, first);
            first += scanner.Count;
        }

        return hits;
    }

    /// <summary>How many matches of a rule's pattern were found: all that were wanted, or all that there are.</summary>
    public int CountIn(in RegexHits hits, int rule) => hits.CountOf(_numbers[rule]);

    /// <summary>One of the places of a rule's pattern.</summary>
    public TextMatch PlaceIn(in RegexHits hits, int rule, int match)
    {
        (int start, int length) = hits.PlaceOf(_numbers[rule], match);
        return new TextMatch(start, length);
    }
}
