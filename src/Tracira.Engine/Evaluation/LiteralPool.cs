namespace Tracira;

/// <summary>Different literals, each with a number, and the scan for all of them.</summary>
internal sealed class LiteralPool
{
    private readonly Dictionary<Literal, int> _numbers;
    private readonly LiteralScanner? _scanner;

    /// <param name="numbers">The literals, numbered in a row.</param>
    /// <param name="first">The lowest number.</param>
    public LiteralPool(Dictionary<Literal, int> numbers, int first)
    {
        _numbers = numbers;
        First = first;
        Literal[] inOrder = new Literal[numbers.Count];
        foreach ((Literal literal, int number) in numbers)
            inOrder[number - first] = literal;
        _scanner = numbers.Count == 0 ? null : new LiteralScanner(inOrder);
    }

    /// <summary>The lowest number.</summary>
    public int First { get; }

    /// <summary>How many literals there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>The literals and their numbers, for a larger pool.</summary>
    public Dictionary<Literal, int> Copy() => new(_numbers);

    /// <summary>The number of a literal.</summary>
    public bool TryGetNumber(Literal literal, out int number) => _numbers.TryGetValue(literal, out number);

    /// <summary>Takes down each literal that the text has.</summary>
    public void Scan(ReadOnlySpan<char> text, ref KeywordHits hits)
    {
        if (_scanner is null || !hits.WantsMore)
            return;
        if (First == 0)
        {
            _scanner.Scan(text, ref hits);
            return;
        }

        var numbered = new Numbered(ref hits, First);
        _scanner.Scan(text, ref numbered);
    }

    private readonly ref struct Numbered(ref KeywordHits hits, int first) : ISeenLiterals
    {
        private readonly ref KeywordHits _hits = ref hits;

        public bool Has(int literal) => _hits.Has(first + literal);

        public bool Add(int literal) => _hits.Add(first + literal);
    }
}
