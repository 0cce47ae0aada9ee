namespace Tracira;

/// <summary>The keywords of all rules of a set that look at the whole output: one scan of the output answers all those rules.</summary>
internal sealed class KeywordIndex
{
    private readonly LiteralScanner _scanner;
    private readonly int[][] _lists; // list → its keywords' literals
    private readonly int[] _needed; // list → how many different literals complete it
    private readonly int[] _listsOf; // the lists of each literal, one literal after the other
    private readonly int[] _listsFrom; // literal → where its lists begin; one more at the end

    private KeywordIndex(Literal[] literals, int[][] lists, int[] needed)
    {
        _scanner = new LiteralScanner(literals);
        _lists = lists;
        _needed = needed;
        LiteralCount = literals.Length;
        _listsFrom = new int[literals.Length + 1];
        (int Literal, int List)[] uses =
        [
            .. lists.SelectMany(static (literals, list) => literals.Distinct().Select(literal => (literal, list))).OrderBy(static use => use.literal),
        ];
        _listsOf = [.. uses.Select(static use => use.List)];
        foreach ((int literal, _) in uses)
            _listsFrom[literal + 1]++;
        for (int literal = 0; literal < literals.Length; literal++)
            _listsFrom[literal + 1] += _listsFrom[literal];
    }

    /// <summary>How many different literals the keywords are.</summary>
    public int LiteralCount { get; }

    /// <summary>How many lists of keywords there are.</summary>
    public int ListCount => _lists.Length;

    /// <summary>How many of its literals a list needs for being complete: of forbidden ones, and where any will do, one.</summary>
    public int NeededOf(int list) => _needed[list];

    /// <summary>The lists that a literal is in.</summary>
    public ReadOnlySpan<int> ListsOf(int literal) => _listsOf.AsSpan(_listsFrom[literal].._listsFrom[literal + 1]);

    /// <summary>The literal of a keyword of a list.</summary>
    public int LiteralOf(int list, int keyword) => _lists[list][keyword];

    /// <summary>Finds out which keywords a text has.</summary>
    public void Scan(ReadOnlySpan<char> text, ref KeywordHits hits) => _scanner.Scan(text, ref hits);

    /// <summary>Gathers the keywords of a set's rules while they are compiled.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<Literal, int> _literals = [];
        private readonly List<int[]> _lists = [];
        private readonly List<int> _needed = [];

        /// <summary>Adds a rule's keywords, and tells the number of the list.</summary>
        public int Add(KeywordValue value, bool required)
        {
            int[] literals = [.. value.Keywords.Select(keyword => Intern(
                new Literal(value.CaseSensitive ? keyword : CaseFolding.Fold(keyword), value.CaseSensitive, value.WholeWord)))];
            _lists.Add(literals);
            _needed.Add(required && !value.RequireAny ? literals.Distinct().Count() : 1);
            return _lists.Count - 1;
        }

        /// <summary>The index of everything added.</summary>
        public KeywordIndex Build() => new([.. _literals.Keys], [.. _lists], [.. _needed]);

        private int Intern(Literal literal)
        {
            if (!_literals.TryGetValue(literal, out int number))
                _literals.Add(literal, number = _literals.Count);
            return number;
        }
    }
}
