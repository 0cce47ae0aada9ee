using System.Numerics;

namespace Tracira;

/// <summary>A set of bytes.</summary>
internal readonly record struct ByteSet(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Every byte.</summary>
    public static ByteSet Everything { get; } = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether it has no member.</summary>
    public bool IsEmpty => (First | Second | Third | Fourth) == 0;

    /// <summary>The set of one member.</summary>
    public static ByteSet Of(byte member)
    {
        ulong bit = 1UL << (member & 63);
        return (member >> 6) switch { 0 => new(bit, 0, 0, 0), 1 => new(0, bit, 0, 0), 2 => new(0, 0, bit, 0), _ => new(0, 0, 0, bit) };
    }

    /// <summary>Whether it has a member.</summary>
    public bool Contains(byte value) =>
        ((value < 128 ? value < 64 ? First : Second : value < 192 ? Third : Fourth) >> (value & 63) & 1) != 0;

    /// <summary>Whether it has every member of another set.</summary>
    public bool Covers(ByteSet other) => (other & ~this).IsEmpty;

    /// <summary>The bytes that a map leads to a member.</summary>
    /// <param name="map">Each byte of ASCII leads to itself.</param>
    public ByteSet Over(ReadOnlySpan<byte> map)
    {
        ulong third = 0;
        ulong fourth = 0;
        for (int i = 0; i < 64; i++)
        {
            third |= (Contains(map[128 + i]) ? 1UL : 0) << i;
            fourth |= (Contains(map[192 + i]) ? 1UL : 0) << i;
        }

        return new ByteSet(First, Second, third, fourth);
    }

    public static ByteSet operator &(ByteSet one, ByteSet other) =>
        new(one.First & other.First, one.Second & other.Second, one.Third & other.Third, one.Fourth & other.Fourth);

    public static ByteSet operator |(ByteSet one, ByteSet other) =>
        new(one.First | other.First, one.Second | other.Second, one.Third | other.Third, one.Fourth | other.Fourth);

    public static ByteSet operator ~(ByteSet set) => new(~set.First, ~set.Second, ~set.Third, ~set.Fourth);

    /// <summary>The members, in order.</summary>
    public IEnumerable<byte> Members()
    {
        for (int word = 0; word < 4; word++)
        {
            for (ulong bits = word switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth }; bits != 0; bits &= bits - 1)
                yield return (byte)((word * 64) + BitOperations.TrailingZeroCount(bits));
        }
    }
}
