namespace Tracira;

/// <summary>
/// How likely ordinary text has members of a set at a place, by the kind of character: rough, and only good for telling what is rare. Kinds
/// follow each other by habit: after a digit there is often another one, after a capital letter seldom.
/// </summary>
internal sealed class ByteShares
{
    private const int Kinds = 6; // lower case, capitals, digits, spaces, other ASCII, everything else
    private const int Other = 5;
    private const float OtherMember = 0.3f; // few bytes stand for everything beyond ASCII

    private readonly Dictionary<ByteSet, float[]> _known = [];

    // Parts of 1,000 of the small letters, a to z.
    private static ReadOnlySpan<byte> Letters => [72, 18, 28, 42, 126, 19, 22, 42, 74, 3, 8, 38, 24, 72, 68, 19, 1, 63, 64, 86, 32, 10, 15, 3, 17, 4];

    // Parts of 1,000: how much of a text each kind is, and what follows it.
    private static ReadOnlySpan<short> Shares => [600, 40, 50, 150, 80, 80];

    private static ReadOnlySpan<short> Follows =>
    [
        780, 10, 5, 155, 45, 5,
        650, 200, 30, 50, 60, 10,
        30, 20, 550, 200, 190, 10,
        620, 130, 70, 80, 80, 20,
        300, 80, 100, 350, 160, 10,
        50, 10, 10, 50, 30, 850,
    ];

    /// <summary>The share of places in ordinary text where members of these sets follow each other.</summary>
    public float Of(ReadOnlySpan<ByteSet> row)
    {
        Span<float> share = stackalloc float[Kinds];
        Span<float> next = stackalloc float[Kinds];
        for (int i = 0; i < row.Length; i++)
        {
            float[] members = MembersOf(row[i]);
            for (int kind = 0; kind < Kinds; kind++)
            {
                float before = 0;
                for (int previous = 0; i > 0 && previous < Kinds; previous++)
                    before += share[previous] * Follows[(previous * Kinds) + kind];
                next[kind] = (i == 0 ? Shares[kind] : before) / 1000 * members[kind];
            }

            next.CopyTo(share);
        }

        float sum = 0;
        foreach (float ofKind in share)
            sum += ofKind;
        return sum;
    }

    // Of each kind, the share that is in a set.
    private float[] MembersOf(ByteSet set)
    {
        if (_known.TryGetValue(set, out float[]? members))
            return members;
        members = new float[Kinds];
        foreach (byte member in set.Members())
        {
            (int kind, float share) = Of(member);
            members[kind] = Math.Min(members[kind] + share, 1);
        }

        _known.Add(set, members);
        return members;
    }

    private static (int Kind, float Share) Of(byte value) => value switch
    {
        >= (byte)'a' and <= (byte)'z' => (0, Letters[value - 'a'] / 1000f),
        >= (byte)'A' and <= (byte)'Z' => (1, 1 / 26f),
        >= (byte)'0' and <= (byte)'9' => (2, 1 / 10f),
        (byte)' ' => (3, 0.88f),
        (byte)'\n' => (3, 0.1f),
        (byte)'\t' or (byte)'\r' => (3, 0.01f),
        (byte)'.' or (byte)',' or (byte)'"' => (4, 0.2f),
        (byte)':' or (byte)'-' or (byte)'\'' or (byte)'(' or (byte)')' or (byte)'*' or (byte)'/' or (byte)'=' or (byte)';' => (4, 0.04f),
        < 0x80 => (4, 0.005f),
        RegexAlphabet.Outside or RegexAlphabet.LastLineFeed => (Other, 0.001f),
        _ => (Other, OtherMember),
    };
}
