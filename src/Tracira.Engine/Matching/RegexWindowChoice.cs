namespace Tracira;

/// <summary>Chooses the windows by which a pattern is looked for: the rarest in ordinary text.</summary>
/// <param name="program">The pattern.</param>
/// <param name="shares">What is rare.</param>
internal sealed class RegexWindowChoice(RegexProgram program, ByteShares shares)
{
    /// <summary>How many windows a pattern has at most.</summary>
    public const int MaxRows = 32;

    private const int Width = WindowPrefilter.Width;
    private const int MaxPaths = 64;
    private const int MaxSteps = 2_000;
    private const int MaxPlaces = 100; // how many places in a pattern are looked at

    // A window that is met more often than this costs more to look into than the expression saves.
    private const float MaxShare = 0.05f;

    // Rarer is not worth looking for: a hundred such patterns give a candidate every few thousand bytes.
    private const float RareEnough = 2e-6f;

    private readonly HashSet<(int Entry, int Least, int? Most)> _seen = []; // where it has looked, and behind what

    /// <summary>The windows of a pattern; null where none are rare, or where it may match nothing.</summary>
    public static RegexWindows? Of(RegexProgram program, ByteShares shares)
    {
        if (program.Whole.Least == 0)
            return null;
        RegexWindows? best = new RegexWindowChoice(program, shares).Best(program.Whole, RegexPiece.Empty(program.Whole.Entry));
        return best?.Share <= MaxShare ? best with { Later = RegexLater.Of(program, best, shares) } : null;
    }

    // Every match goes through the beginning of a part, and through the beginnings of its parts in a row.
    private RegexWindows? Best(RegexPiece piece, RegexPiece before)
    {
        RegexWindows? best = _seen.Count < MaxPlaces && _seen.Add((piece.Entry, before.Least, before.Most)) ? From(piece.Entry, before) : null;
        RegexWindows? either = null;
        foreach (RegexPiece part in piece.Parts)
        {
            if (best?.Cost < RareEnough)
                return best;
            RegexWindows? windows = Best(part, before);
            if (piece.IsChoice)
            {
                // A way without windows, or one too many, and there are none for all.
                either = part == piece.Parts[0] ? windows : windows is null ? null : either?.Or(windows);
                if (either is null)
                    return best;
                continue;
            }

            best = Cheaper(best, windows);
            before = before.Then(part);
        }

        return Cheaper(best, either);
    }

    private static RegexWindows? Cheaper(RegexWindows? one, RegexWindows? other) => other is null || one?.Cost <= other.Cost ? one : other;

    // The windows that begin at a state, or one byte before it.
    private RegexWindows? From(int state, RegexPiece before)
    {
        if (PathsFrom(state, before.Least > 0 ? before.Last : ByteSet.Everything) is not { } paths)
            return null;
        RegexWindows? best = null;
        for (int offset = 0; offset < 2; offset++)
        {
            int from = offset;
            List<ByteSet[]> rows = Few([.. paths.Select(path => path[from..(from + Width)])]);
            int least = before.Least - 1 + offset;
            float share = rows.Sum(row => shares.Of(row));
            best = Cheaper(best, before.Most is { } most
                ? new RegexWindows(rows, least, most - 1 + offset, null, share) { State = state, HasByteBefore = offset == 0 }
                : new RegexWindows(rows, least, least, before.Alphabet, share) { State = state, HasByteBefore = offset == 0 });
        }

        return best;
    }

    // One set for the byte before, and one for each byte that is taken from here on.
    private List<ByteSet[]>? PathsFrom(int entry, ByteSet last)
    {
        List<ByteSet[]> paths = [];
        var open = new Stack<(int State, int Length, ByteSet[] Sets, ByteSet Next)>();
        var nothing = new ByteSet[Width + 1];
        Array.Fill(nothing, ByteSet.Everything);
        nothing[0] = last;
        open.Push((entry, 1, nothing, ByteSet.Everything));
        for (int steps = 0; open.TryPop(out (int State, int Length, ByteSet[] Sets, ByteSet Next) path); steps++)
        {
            if (steps > MaxSteps || paths.Count > MaxPaths)
                return null;
            (int at, int length, ByteSet[] sets, ByteSet next) = path;
            ref readonly RegexState state = ref program.States[at];
            switch (state.Kind)
            {
                case RegexStateKind.Fork:
                    open.Push((state.Next, length, sets, next));
                    open.Push((state.Other, length, sets, next));
                    break;
                case RegexStateKind.Look when !(sets[length - 1] & state.Before).IsEmpty:
                    open.Push((state.Next, length, With(sets, length - 1, sets[length - 1] & state.Before), next & state.Set));
                    break;
                case RegexStateKind.Match:
                    paths.Add(With(sets, length, next));
                    break;
                case RegexStateKind.Take when !(next & state.Set).IsEmpty:
                    sets = With(sets, length, next & state.Set);
                    if (length == Width)
                        paths.Add(sets);
                    else
                        open.Push((state.Next, length + 1, sets, ByteSet.Everything));
                    break;
            }
        }

        return paths;
    }

    private static ByteSet[] With(ByteSet[] sets, int place, ByteSet set)
    {
        ByteSet[] copy = [.. sets];
        copy[place] = set;
        return copy;
    }

    // Leaves out rows that another one covers, and joins those that differ in one place; where they are many, also others.
    private static List<ByteSet[]> Few(List<ByteSet[]> rows)
    {
        for (bool changed = rows.Count > 1; changed;)
        {
            changed = false;
            for (int i = 0; i < rows.Count; i++)
            {
                for (int j = rows.Count - 1; j > i; j--)
                {
                    if (Differing(rows[i], rows[j]) > 1 && !Covers(rows[i], rows[j]) && !Covers(rows[j], rows[i]))
                        continue;
                    rows[i] = Union(rows[i], rows[j]);
                    rows.RemoveAt(j);
                    changed = true;
                }
            }
        }

        while (rows.Count > MaxRows)
            rows = [.. rows.Chunk(2).Select(static pair => pair.Aggregate(Union))];
        return rows;
    }

    private static int Differing(ByteSet[] one, ByteSet[] other)
    {
        int differing = 0;
        for (int i = 0; i < Width; i++)
            differing += one[i] != other[i] ? 1 : 0;
        return differing;
    }

    private static bool Covers(ByteSet[] one, ByteSet[] other)
    {
        for (int i = 0; i < Width; i++)
        {
            if (!one[i].Covers(other[i]))
                return false;
        }

        return true;
    }

    private static ByteSet[] Union(ByteSet[] one, ByteSet[] other)
    {
        var both = new ByteSet[Width];
        for (int i = 0; i < Width; i++)
            both[i] = one[i] | other[i];
        return both;
    }
}
