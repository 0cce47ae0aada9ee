namespace Tracira;

/// <summary>A set of UTF-16 code units, kept as ranges in order that do not touch.</summary>
internal sealed class CharSet : IEquatable<CharSet>
{
    private readonly (char First, char Last)[] _ranges;

    private CharSet((char First, char Last)[] ranges) => _ranges = ranges;

    /// <summary>The set without members.</summary>
    public static CharSet Empty { get; } = new([]);

    /// <summary>Every code unit.</summary>
    public static CharSet Everything { get; } = new([(char.MinValue, char.MaxValue)]);

    /// <summary>The members as ranges, in order; no two touch.</summary>
    public ReadOnlySpan<(char First, char Last)> Ranges => _ranges;

    /// <summary>How many members there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach ((char first, char last) in _ranges)
                count += last - first + 1;
            return count;
        }
    }

    /// <summary>The set of one member.</summary>
    public static CharSet Of(char member) => new([(member, member)]);

    /// <summary>The set of these ranges, in any order, also where they overlap.</summary>
    public static CharSet Of(List<(char First, char Last)> ranges)
    {
        ranges.Sort();
        List<(char First, char Last)> merged = new(ranges.Count);
        foreach ((char first, char last) in ranges)
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, (char)Math.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }

        return new CharSet([.. merged]);
    }

    /// <summary>The set of those that meet a condition.</summary>
    public static CharSet Where(Predicate<char> condition)
    {
        List<(char First, char Last)> ranges = [];
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            if (!condition((char)unit))
                continue;
            int first = unit;
            while (unit < char.MaxValue && condition((char)(unit + 1)))
                unit++;
            ranges.Add(((char)first, (char)unit));
        }

        return new CharSet([.. ranges]);
    }

    /// <summary>Whether it has a member.</summary>
    public bool Contains(char unit)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (unit < _ranges[middle].First)
                high = middle - 1;
            else if (unit > _ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    /// <summary>The members, in order.</summary>
    public IEnumerable<char> Members()
    {
        foreach ((char first, char last) in _ranges)
        {
            for (int unit = first; unit <= last; unit++)
                yield return (char)unit;
        }
    }

    /// <summary>Whether it has every member of another set.</summary>
    public bool Covers(CharSet other)
    {
        int mine = 0;
        foreach ((char first, char last) in other._ranges)
        {
            while (mine < _ranges.Length && _ranges[mine].Last < first)
                mine++;
            if (mine == _ranges.Length || _ranges[mine].First > first || _ranges[mine].Last < last)
                return false;
        }

        return true;
    }

    /// <summary>The members of either.</summary>
    public CharSet Union(CharSet other) =>
        Covers(other) ? this
        : other.Covers(this) ? other
        : Of([.. _ranges, .. other._ranges]);

    /// <summary>What is no member.</summary>
    public CharSet Complement()
    {
        List<(char First, char Last)> gaps = [];
        int next = 0;
        foreach ((char first, char last) in _ranges)
        {
            if (next < first)
                gaps.Add(((char)next, (char)(first - 1)));
            next = last + 1;
        }

        if (next <= char.MaxValue)
            gaps.Add(((char)next, char.MaxValue));
        return new CharSet([.. gaps]);
    }

    /// <summary>The members that another set does not have.</summary>
    public CharSet Except(CharSet other) => Complement().Union(other).Complement();

    public bool Equals(CharSet? other) => other is not null && (ReferenceEquals(this, other) || Ranges.SequenceEqual(other.Ranges));

    public override bool Equals(object? obj) => Equals(obj as CharSet);

    public override int GetHashCode() => _ranges.Length == 0 ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    /// <summary>As a class of a pattern would say it.</summary>
    public override string ToString()
    {
        IEnumerable<string> ranges = _ranges.Select(static range => range.First == range.Last ? Name(range.First) : $"{Name(range.First)}-{Name(range.Last)}");
        return _ranges is [(var first, var last)] && first == last ? Name(first) : $"[{string.Concat(ranges)}]";
        static string Name(char unit) => unit is > ' ' and < '\u007F' or '€' or '£' ? unit.ToString() : unit == ' ' ? " " : $"\\u{(int)unit:X4}";
    }
}
