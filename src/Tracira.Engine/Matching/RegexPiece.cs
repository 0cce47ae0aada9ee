namespace Tracira;

/// <summary>A part of a pattern's <see cref="RegexProgram"/>, and what is known of the texts it matches.</summary>
internal sealed class RegexPiece
{
    private RegexPiece()
    {
    }

    /// <summary>The state where it begins.</summary>
    public required int Entry { get; init; }

    /// <summary>How many bytes it takes at least.</summary>
    public int Least { get; private init; }

    /// <summary>How many bytes it takes at most; null where there is no end to it.</summary>
    public int? Most { get; private init; } = 0;

    /// <summary>What these bytes are out of.</summary>
    public ByteSet Alphabet { get; private init; }

    /// <summary>What the last of them is out of.</summary>
    public ByteSet Last { get; private init; }

    /// <summary>Parts that a match goes through, one after the other, or, where <see cref="IsChoice"/>, of which it takes one.</summary>
    public RegexPiece[] Parts { get; private init; } = [];

    /// <summary>Whether its parts are ways to choose from.</summary>
    public bool IsChoice { get; private init; }

    /// <summary>What takes nothing.</summary>
    public static RegexPiece Empty(int entry) => new() { Entry = entry };

    /// <summary>What takes one byte.</summary>
    public static RegexPiece Of(int entry, ByteSet set) => new() { Entry = entry, Least = 1, Most = 1, Alphabet = set, Last = set };

    /// <summary>One after the other.</summary>
    public static RegexPiece InARow(int entry, RegexPiece[] parts)
    {
        RegexPiece all = Empty(entry);
        foreach (RegexPiece part in parts)
            all = all.Then(part);
        return new RegexPiece { Entry = entry, Least = all.Least, Most = all.Most, Alphabet = all.Alphabet, Last = all.Last, Parts = parts };
    }

    /// <summary>One of several.</summary>
    public static RegexPiece OneOf(int entry, RegexPiece[] ways) => new()
    {
        Entry = entry,
        Least = ways.Min(static way => way.Least),
        Most = Array.Exists(ways, static way => way.Most is null) ? null : ways.Max(static way => way.Most),
        Alphabet = ways.Aggregate(default(ByteSet), static (all, way) => all | way.Alphabet),
        Last = ways.Aggregate(default(ByteSet), static (all, way) => all | way.Last),
        Parts = ways,
        IsChoice = true,
    };

    /// <summary>The same up to so many times, or without end.</summary>
    public static RegexPiece Optional(int entry, RegexPiece body, int? times) =>
        new() { Entry = entry, Most = (int?)Bounded(body.Most * (long?)times), Alphabet = body.Alphabet, Last = body.Last };

    /// <summary>What is known of this and what follows it, together.</summary>
    public RegexPiece Then(RegexPiece next) => new()
    {
        Entry = Entry,
        Least = Math.Min(Least + next.Least, int.MaxValue / 2),
        Most = (int?)Bounded(Most + (long?)next.Most),
        Alphabet = Alphabet | next.Alphabet,
        Last = next.Least > 0 ? next.Last : Last | next.Last,
    };

    private static long? Bounded(long? length) => length <= int.MaxValue / 2 ? length : null;
}
