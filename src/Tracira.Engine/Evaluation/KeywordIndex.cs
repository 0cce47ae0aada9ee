namespace Tracira;

/// <summary>
/// The keywords of all rules of a set that look at the whole output: one scan of the output answers all those rules. After a change of
/// rules most keywords are the same; they keep the scan that they have, and the few new ones get one beside it.
/// </summary>
internal sealed class KeywordIndex
{
    // So many new keywords to one that was there before, or so many at least, do not yet cost a scan much.
    private const int OldToNew = 8;
    private const int FewNew = 200;

    private readonly Dictionary<KeywordCondition, int[]> _literals = []; // condition → its keywords' literals
    private readonly int[][] _literalsOf; // rule → its keywords' literals
    private readonly int[] _needed; // rule → how many different literals complete it
    private readonly int[] _rulesOf; // the rules of each literal, one literal after the other
    private readonly int[] _rulesFrom; // literal → where its rules begin; one more at the end
    private readonly LiteralPool _old;
    private readonly LiteralPool _new;

    private KeywordIndex(IReadOnlyList<Condition> conditions, Dictionary<KeywordCondition, int[]> literals, LiteralPool old, LiteralPool added)
    {
        _old = old;
        _new = added;
        _literals = literals;
        _literalsOf = [.. conditions.Select(condition => condition is KeywordCondition keywords ? literals[keywords] : [])];
        _needed = new int[conditions.Count];
        _rulesFrom = new int[LiteralCount + 1];
        int[] lastRule = new int[LiteralCount]; // one more than the last rule that had the literal
        for (int rule = 0; rule < conditions.Count; rule++)
        {
            int different = 0;
            foreach (int literal in _literalsOf[rule])
            {
                if (lastRule[literal] == rule + 1)
                    continue;
                lastRule[literal] = rule + 1;
                _rulesFrom[literal + 1]++;
                different++;
            }

            ListCount += different > 0 ? 1 : 0;
            _needed[rule] = conditions[rule] is KeywordCondition { NeedsAll: true } ? different : 1;
        }

        for (int literal = 0; literal < LiteralCount; literal++)
            _rulesFrom[literal + 1] += _rulesFrom[literal];
        _rulesOf = new int[_rulesFrom[^1]];
        int[] next = _rulesFrom[..^1];
        Array.Clear(lastRule);
        for (int rule = 0; rule < conditions.Count; rule++)
        {
            foreach (int literal in _literalsOf[rule])
            {
                if (lastRule[literal] == rule + 1)
                    continue;
                lastRule[literal] = rule + 1;
                _rulesOf[next[literal]++] = rule;
            }
        }
    }

    /// <summary>How many different literals the keywords are, and may have been.</summary>
    public int LiteralCount => _old.Count + _new.Count;

    /// <summary>How many rules of any kind there are.</summary>
    public int RuleCount => _needed.Length;

    /// <summary>How many of the rules have keywords.</summary>
    public int ListCount { get; }

    /// <summary>How many of its literals a rule needs for being complete: of forbidden ones, and where any will do, one.</summary>
    public int NeededOf(int rule) => _needed[rule];

    /// <summary>The rules that have a literal.</summary>
    public ReadOnlySpan<int> RulesOf(int literal) => _rulesOf.AsSpan(_rulesFrom[literal].._rulesFrom[literal + 1]);

    /// <summary>The literal of a keyword of a rule.</summary>
    public int LiteralOf(int rule, int keyword) => _literalsOf[rule][keyword];

    /// <summary>Gathers the keywords of a set's rules.</summary>
    /// <param name="conditions">The conditions of the set, in rule order.</param>
    /// <param name="former">The keywords of a set with some of the same conditions.</param>
    public static KeywordIndex Of(IReadOnlyList<Condition> conditions, KeywordIndex? former)
    {
        KeywordCondition[] all = [.. conditions.OfType<KeywordCondition>()];
        return (former is null ? null : former.Changed(conditions, all)) ?? Anew(conditions, all);
    }

    /// <summary>Finds out which keywords a text has.</summary>
    public void Scan(ReadOnlySpan<char> text, ref KeywordHits hits)
    {
        _old.Scan(text, ref hits);
        _new.Scan(text, ref hits);
    }

    private static KeywordIndex Anew(IReadOnlyList<Condition> conditions, KeywordCondition[] all)
    {
        Dictionary<Literal, int> numbers = [];
        Dictionary<KeywordCondition, int[]> literals = [];
        foreach (KeywordCondition condition in all)
            literals[condition] = NumbersOf(condition, literal => numbers.TryGetValue(literal, out int number) ? number : Add(numbers, literal, numbers.Count));
        var pool = new LiteralPool(numbers, first: 0);
        return new KeywordIndex(conditions, literals, pool, new LiteralPool([], pool.Count));
    }

    // Null where so much has changed that it is better to begin anew.
    private KeywordIndex? Changed(IReadOnlyList<Condition> conditions, KeywordCondition[] all)
    {
        Dictionary<Literal, int>? added = null;
        Dictionary<KeywordCondition, int[]> literals = [];
        foreach (KeywordCondition condition in all)
        {
            literals[condition] = _literals.TryGetValue(condition, out int[]? known) ? known : NumbersOf(condition, literal =>
            {
                if (_old.TryGetNumber(literal, out int number))
                    return number;
                added ??= _new.Copy();
                return added.TryGetValue(literal, out number) ? number : Add(added, literal, _new.First + added.Count);
            });
        }

        int newCount = added?.Count ?? _new.Count;
        var inUse = new bool[_old.Count + newCount];
        foreach (int[] numbers in literals.Values)
        {
            foreach (int number in numbers)
                inUse[number] = true;
        }

        if (newCount > Math.Max(FewNew, _old.Count / OldToNew) || inUse.AsSpan().Count(true) < inUse.Length / 2)
            return null;
        return new KeywordIndex(conditions, literals, _old, added is null ? _new : new LiteralPool(added, _new.First));
    }

    private static int[] NumbersOf(KeywordCondition condition, Func<Literal, int> numberOf) =>
        [.. Enumerable.Range(0, condition.Search.Keywords.Count).Select(keyword => numberOf(condition.Search.LiteralOf(keyword)))];

    private static int Add(Dictionary<Literal, int> numbers, Literal literal, int number)
    {
        numbers.Add(literal, number);
        return number;
    }
}
