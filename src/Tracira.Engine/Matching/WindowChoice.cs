namespace Tracira;

/// <summary>
/// Chooses by which of its stretches a literal is looked for: one that is rare in ordinary text, and that few other literals of the set
/// have. Keywords are often made of the same words, and those words are what the texts are made of; where two of them meet is telling.
/// </summary>
internal sealed class WindowChoice
{
    private const int CounterBits = 15;
    private readonly byte[] _counts = new byte[1 << CounterBits]; // hash of four code units → how often the literals have them, at most 255

    /// <param name="literals">The literals that have windows of their own; none where only the text counts.</param>
    public WindowChoice(IReadOnlyList<Literal> literals)
    {
        foreach (Literal literal in literals)
        {
            for (int at = 0; at <= literal.Text.Length - WindowPrefilter.Width; at++)
            {
                ref byte count = ref _counts[Hash(literal.Text, at)];
                count += count < byte.MaxValue ? (byte)1 : (byte)0;
            }
        }
    }

    /// <summary>Where in a literal its most telling windows begin.</summary>
    /// <param name="literal">The literal, at least as long as the windows together.</param>
    /// <param name="width">How long each window is; at least four.</param>
    /// <param name="count">How many windows there are, each one further than the one before.</param>
    public int Rarest(string literal, int width, int count)
    {
        int best = 0;
        float least = float.MaxValue;
        for (int offset = 0; offset <= literal.Length - width - (count - 1); offset++)
        {
            float share = 0;
            for (int i = 0; i < count; i++)
                share += Share(literal, offset + i, width);
            if (share < least)
                (best, least) = (offset, share);
        }

        return best;
    }

    private float Share(string literal, int offset, int width)
    {
        float share = 1;
        for (int i = offset; i < offset + width; i++)
            share *= LetterFrequency.Of(FoldedBytes.Of(literal[i]));
        int fewest = byte.MaxValue;
        for (int i = offset; i <= offset + width - WindowPrefilter.Width; i++)
            fewest = Math.Min(fewest, _counts[Hash(literal, i)]);
        return share * Math.Max(fewest * fewest, 1);
    }

    private static uint Hash(string text, int at)
    {
        uint hash = 0;
        for (int i = at; i < at + WindowPrefilter.Width; i++)
            hash = (hash * 0x01000193) ^ text[i];
        return (hash * 0x9E3779B1) >> (32 - CounterBits);
    }
}
