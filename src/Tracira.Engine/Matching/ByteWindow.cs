using System.Numerics;

namespace Tracira;

/// <summary>What is accepted at each of four places in a row: a set of bytes of <see cref="FoldedBytes"/>.</summary>
internal sealed class ByteWindow : IComparable<ByteWindow>
{
    private static readonly float[] All = // of 64 bytes in a row, the share of all
        [.. Enumerable.Range(0, 4).Select(static word => Enumerable.Range(word * 64, 64).Sum(static value => LetterFrequency.Of((byte)value)))];

    private readonly ulong[] _sets = new ulong[WindowPrefilter.Width * 4]; // 256 bits a place

    /// <summary>A window that accepts these bytes, and anything behind them.</summary>
    public static ByteWindow Of(ReadOnlySpan<byte> bytes)
    {
        var window = new ByteWindow();
        for (int place = 0; place < WindowPrefilter.Width; place++)
        {
            if (place < bytes.Length)
                window.Accept(place, bytes[place]);
            else
                window.AcceptAll(place);
        }

        return window;
    }

    /// <summary>A window that accepts at each place the members of a set.</summary>
    public static ByteWindow Of(ReadOnlySpan<ByteSet> sets)
    {
        var window = new ByteWindow();
        for (int place = 0; place < WindowPrefilter.Width; place++)
        {
            ByteSet set = sets[place];
            (window._sets[place * 4], window._sets[(place * 4) + 1], window._sets[(place * 4) + 2], window._sets[(place * 4) + 3]) =
                (set.First, set.Second, set.Third, set.Fourth);
        }

        return window;
    }

    /// <summary>Whether a byte is accepted at a place.</summary>
    public bool Accepts(int place, byte value) => (_sets[(place * 4) + (value >> 6)] >> (value & 63) & 1) != 0;

    /// <summary>Accepts a byte more at a place.</summary>
    public void Accept(int place, byte value) => _sets[(place * 4) + (value >> 6)] |= 1UL << (value & 63);

    /// <summary>Accepts every byte at a place.</summary>
    public void AcceptAll(int place) => _sets.AsSpan(place * 4, 4).Fill(ulong.MaxValue);

    /// <summary>A window that accepts at each place what either does.</summary>
    public ByteWindow Or(ByteWindow other)
    {
        var both = new ByteWindow();
        for (int i = 0; i < _sets.Length; i++)
            both._sets[i] = _sets[i] | other._sets[i];
        return both;
    }

    /// <summary>Windows that begin alike are beside each other.</summary>
    public int CompareTo(ByteWindow? other) => other is null ? 1 : _sets.AsSpan().SequenceCompareTo(other._sets);

    /// <summary>The share of places in ordinary text at which it is accepted.</summary>
    public float Share()
    {
        float share = 1;
        for (int place = 0; place < WindowPrefilter.Width; place++)
        {
            float sum = 0;
            for (int word = 0; word < 4; word++)
            {
                ulong set = _sets[(place * 4) + word];
                if (set == ulong.MaxValue)
                {
                    sum += All[word];
                    continue;
                }

                for (ulong bits = set; bits != 0; bits &= bits - 1)
                    sum += LetterFrequency.Of((byte)((word * 64) + BitOperations.TrailingZeroCount(bits)));
            }

            share *= Math.Min(sum, 1);
        }

        return share;
    }
}
