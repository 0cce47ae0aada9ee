namespace Tracira;

/// <summary>
/// A pattern as a nondeterministic automaton over the bytes of a <see cref="RegexAlphabet"/>. Of the ways to match it prefers those of .NET:
/// the earlier way of a choice, and in a loop once more, unless it is lazy.
/// </summary>
/// <param name="States">Its states; in the first one the pattern has matched.</param>
/// <param name="Whole">The pattern's parts, with the states where they begin.</param>
internal sealed record RegexProgram(RegexState[] States, RegexPiece Whole)
{
    /// <summary>How many states it may have.</summary>
    public const int MaxStates = 1_000;

    /// <summary>The program of a pattern, which <see cref="RegexReader"/> has read.</summary>
    public static RegexProgram Of(RegexNode pattern, RegexAlphabet alphabet)
    {
        var builder = new Builder(alphabet);
        RegexPiece whole = builder.Build(pattern, next: 0);
        return new RegexProgram([.. builder.States], whole);
    }

    // Builds from the end to the beginning: each part is given the state that comes behind it.
    private sealed class Builder(RegexAlphabet alphabet)
    {
        private static readonly ByteSet Outside = ByteSet.Of(RegexAlphabet.Outside);
        private static readonly ByteSet LineFeeds = ByteSet.Of((byte)'\n') | ByteSet.Of(RegexAlphabet.LastLineFeed);

        public List<RegexState> States { get; } = [new RegexState(RegexStateKind.Match)];

        public RegexPiece Build(RegexNode node, int next) => node switch
        {
            RegexNode.Set set => Build(alphabet.Of(set.Chars), next),
            RegexNode.Look look => RegexPiece.Empty(Build(look.Kind, next)),
            RegexNode.Sequence sequence => Build(sequence.Parts, next),
            RegexNode.Choice choice => Build(choice, next),
            RegexNode.Loop loop => Build(loop, next),
            _ => throw new ArgumentException("is not a node", nameof(node)),
        };

        private RegexPiece Build(ByteSet set, int next) => RegexPiece.Of(Add(new RegexState(RegexStateKind.Take, next) { Set = set }), set);

        private int Build(LookKind kind, int next)
        {
            ByteSet words = kind is LookKind.Boundary or LookKind.NoBoundary ? alphabet.Of(CharCategories.BoundaryWords) : default;
            return kind switch
            {
                LookKind.Start => Look(Outside, ByteSet.Everything, next),
                LookKind.LineStart => Look(Outside | LineFeeds, ByteSet.Everything, next),
                LookKind.End => Look(ByteSet.Everything, Outside, next),
                LookKind.EndOrLastLineFeed => Look(ByteSet.Everything, Outside | ByteSet.Of(RegexAlphabet.LastLineFeed), next),
                LookKind.LineEnd => Look(ByteSet.Everything, Outside | LineFeeds, next),
                LookKind.Boundary => Fork(Look(words, ~words, next), Look(~words, words, next)),
                _ => Fork(Look(words, words, next), Look(~words, ~words, next)),
            };
        }

        private RegexPiece Build(IReadOnlyList<RegexNode> parts, int next)
        {
            var pieces = new RegexPiece[parts.Count];
            for (int i = parts.Count - 1; i >= 0; i--)
            {
                pieces[i] = Build(parts[i], next);
                next = pieces[i].Entry;
            }

            return RegexPiece.InARow(next, pieces);
        }

        private RegexPiece Build(RegexNode.Choice choice, int next)
        {
            RegexPiece[] ways = [.. choice.Ways.Select(way => Build(way, next))];
            int entry = ways[^1].Entry;
            for (int i = ways.Length - 2; i >= 0; i--)
                entry = Fork(ways[i].Entry, entry);
            return RegexPiece.OneOf(entry, ways);
        }

        // What must be there is laid out one behind the other, and behind it what may be.
        private RegexPiece Build(RegexNode.Loop loop, int next)
        {
            var pieces = new RegexPiece[loop.Least + 1];
            pieces[^1] = loop.Most is { } most ? UpTo(most - loop.Least, loop, next) : WithoutEnd(loop, next);
            for (int i = loop.Least - 1; i >= 0; i--)
                pieces[i] = Build(loop.Body, pieces[i + 1].Entry);
            return RegexPiece.InARow(pieces[0].Entry, pieces);
        }

        private RegexPiece WithoutEnd(RegexNode.Loop loop, int next)
        {
            int again = Add(new RegexState(RegexStateKind.Fork));
            RegexPiece body = Build(loop.Body, again);
            States[again] = ForkOf(body.Entry, next, loop.IsLazy);
            return RegexPiece.Optional(again, body, null);
        }

        private RegexPiece UpTo(int times, RegexNode.Loop loop, int next)
        {
            RegexPiece? once = null;
            int entry = next;
            for (int i = 0; i < times; i++)
            {
                once = Build(loop.Body, entry);
                entry = Add(ForkOf(once.Entry, next, loop.IsLazy));
            }

            return once is null ? RegexPiece.Empty(next) : RegexPiece.Optional(entry, once, times);
        }

        private int Look(ByteSet before, ByteSet behind, int next) =>
            Add(new RegexState(RegexStateKind.Look, next) { Set = behind, Before = before });

        private int Fork(int preferred, int other) => Add(ForkOf(preferred, other, isLazy: false));

        private static RegexState ForkOf(int body, int next, bool isLazy) =>
            isLazy ? new RegexState(RegexStateKind.Fork, next, body) : new RegexState(RegexStateKind.Fork, body, next);

        private int Add(RegexState state)
        {
            States.Add(state);
            return States.Count - 1;
        }
    }
}

/// <summary>One state of a <see cref="RegexProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">Where it leads.</param>
/// <param name="Other">Where a fork leads as well, less preferred.</param>
internal readonly record struct RegexState(RegexStateKind Kind, int Next = -1, int Other = -1)
{
    /// <summary>What is taken, or what a look wants behind the place.</summary>
    public ByteSet Set { get; init; }

    /// <summary>What a look wants before the place.</summary>
    public ByteSet Before { get; init; }
}

/// <summary>What a state of a <see cref="RegexProgram"/> does.</summary>
internal enum RegexStateKind : byte
{
    /// <summary>The pattern has matched.</summary>
    Match,

    /// <summary>Takes a byte.</summary>
    Take,

    /// <summary>Goes two ways.</summary>
    Fork,

    /// <summary>Goes on only where the bytes before and behind the place are right.</summary>
    Look,
}
