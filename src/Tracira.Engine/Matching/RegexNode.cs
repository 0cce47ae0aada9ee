namespace Tracira;

/// <summary>A part of a regular expression. What has no width and asks nothing is a <see cref="Sequence"/> of nothing.</summary>
internal abstract record RegexNode
{
    private RegexNode()
    {
    }

    /// <summary>What matches without taking a character.</summary>
    public static RegexNode Nothing { get; } = new Sequence([]);

    /// <summary>How many states of a <see cref="RegexProgram"/> it takes.</summary>
    public abstract long States { get; }

    /// <summary>Whether it may match without taking a character.</summary>
    public abstract bool IsNullable { get; }

    /// <summary>Whether it takes nothing, where it may, only when nothing else would do.</summary>
    public abstract bool IsHungry { get; }

    /// <summary>The sets of code units in it, each as often as it is there.</summary>
    public abstract IEnumerable<CharSet> Sets { get; }

    /// <summary>One code unit out of several.</summary>
    public sealed record Set(CharSet Chars) : RegexNode
    {
        public override long States => 1;

        public override bool IsNullable => false;

        public override bool IsHungry => true;

        public override IEnumerable<CharSet> Sets => [Chars];
    }

    /// <summary>A condition on the code units before and behind a place; takes none.</summary>
    public sealed record Look(LookKind Kind) : RegexNode
    {
        public override long States => OfWords ? 3 : 1;

        public override bool IsNullable => true;

        public override bool IsHungry => true;

        public override IEnumerable<CharSet> Sets => OfWords ? [CharCategories.BoundaryWords] : [];

        private bool OfWords => Kind is LookKind.Boundary or LookKind.NoBoundary;
    }

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode
    {
        public override long States { get; } = Parts.Sum(static part => part.States);

        public override bool IsNullable { get; } = Parts.All(static part => part.IsNullable);

        public override bool IsHungry => !IsNullable || Parts.All(static part => part.IsHungry);

        public override IEnumerable<CharSet> Sets => Parts.SelectMany(static part => part.Sets);
    }

    /// <summary>Any of several; the earlier the better.</summary>
    public sealed record Choice(IReadOnlyList<RegexNode> Ways) : RegexNode
    {
        public override long States { get; } = Ways.Sum(static way => way.States) + Ways.Count - 1;

        public override bool IsNullable { get; } = Ways.Any(static way => way.IsNullable);

        public override bool IsHungry => !IsNullable || (Ways.SkipLast(1).All(static way => !way.IsNullable) && Ways[^1].IsHungry);

        public override IEnumerable<CharSet> Sets => Ways.SelectMany(static way => way.Sets);
    }

    /// <summary>The same several times, often rather than seldom unless it is lazy; without end where there is no <paramref name="Most"/>.</summary>
    public sealed record Loop(RegexNode Body, int Least, int? Most, bool IsLazy) : RegexNode
    {
        private const long MaxStates = int.MaxValue; // more is as good

        public override long States { get; } = Math.Min(
            MaxStates, (Math.Max(Body.States, 1) * Least) + (Most is { } most ? (Body.States + 1) * (most - Least) : Body.States + 1));

        public override bool IsNullable { get; } = Least == 0 || Body.IsNullable;

        public override bool IsHungry => !IsNullable || (!IsLazy && Body.IsHungry);

        public override IEnumerable<CharSet> Sets => Body.Sets;
    }
}

/// <summary>What a place can be held to.</summary>
internal enum LookKind
{
    /// <summary>The text begins.</summary>
    Start,

    /// <summary>A line begins.</summary>
    LineStart,

    /// <summary>The text ends.</summary>
    End,

    /// <summary>The text ends, or has only a line feed more.</summary>
    EndOrLastLineFeed,

    /// <summary>A line ends.</summary>
    LineEnd,

    /// <summary>A word begins or ends.</summary>
    Boundary,

    /// <summary>No word begins or ends.</summary>
    NoBoundary,
}
