namespace Tracira;

/// <summary>
/// What a match has farther behind its window than the window reaches: one look there saves most tries where the text has runs of what the
/// window is out of, but shorter ones. "SELECT" begins as a code of eight capitals does.
/// </summary>
internal static class RegexLater
{
    // Behind a text there are enough bytes of padding for the last window of the last vector to look so far.
    private const int MaxOffset = 16;

    // More frequent bytes tell too little.
    private const float MaxShare = 0.25f;

    /// <summary>The farthest place that few bytes may be at, and those bytes; 0 and none where there is none.</summary>
    public static (int Offset, ByteSet Set) Of(RegexProgram program, RegexWindows windows, ByteShares shares)
    {
        (int Offset, ByteSet Set) later = default;
        if (windows.State is not { } entry)
            return later;
        HashSet<int> states = [entry];
        for (int offset = windows.HasByteBefore ? 1 : 0; offset <= MaxOffset; offset++)
        {
            if (Takes(program, states) is not { } takes)
                break;
            ByteSet set = takes.Aggregate(default(ByteSet), (all, state) => all | program.States[state].Set);
            if (offset >= WindowPrefilter.Width && shares.Of([set]) <= MaxShare)
                later = (offset, set);
            states = [.. takes.Select(state => program.States[state].Next)];
        }

        return later;
    }

    // The states that take a byte and are reached without taking one; null where the pattern may have matched before.
    private static HashSet<int>? Takes(RegexProgram program, HashSet<int> from)
    {
        HashSet<int> takes = [];
        HashSet<int> known = [.. from];
        var open = new Stack<int>(from);
        while (open.TryPop(out int at))
        {
            ref readonly RegexState state = ref program.States[at];
            switch (state.Kind)
            {
                case RegexStateKind.Match:
                    return null;
                case RegexStateKind.Take:
                    takes.Add(at);
                    break;
                default:
                    if (known.Add(state.Next))
                        open.Push(state.Next);
                    if (state.Kind == RegexStateKind.Fork && known.Add(state.Other))
                        open.Push(state.Other);
                    break;
            }
        }

        return takes;
    }
}
