namespace Tracira;

/// <summary>A decimal number of at most 18 digits, as most in JSON are: digits, and how many of them stand behind the point.</summary>
internal readonly struct ShortDecimal : IComparable<ShortDecimal>
{
    private const int MaxDigits = 18;
    private const int MaxInt32Digits = 9;
    private static readonly long[] Powers = CreatePowers();
    private readonly long _digits;
    private readonly int _scale;

    private ShortDecimal(long digits, int scale)
    {
        _digits = digits;
        _scale = scale;
        IsKnown = true;
    }

    /// <summary>Whether the number was one of that kind.</summary>
    public bool IsKnown { get; }

    /// <summary>Whether there is nothing behind the point but zeros.</summary>
    public bool IsWhole => _digits % Powers[_scale] == 0;

    /// <summary>Reads the JSON number that a text begins with. It is not known where it has an exponent, more digits, or is none.</summary>
    public static ShortDecimal Read(ReadOnlySpan<char> text)
    {
        bool isSigned = !text.IsEmpty && text[0] == '-';
        ReadOnlySpan<char> unsigned = isSigned ? text[1..] : text;
        if (unsigned.Length < DigitRun.Length)
            return ReadOneByOne(text);
        var run = new DigitRun(unsigned);
        int whole = run.CountFrom(0);
        int fraction = unsigned[whole] == '.' ? run.CountFrom(whole + 1) : 0;
        int length = whole + (fraction > 0 ? fraction + 1 : 0);
        if (whole is 0 or > DigitRun.MaxCount || fraction > DigitRun.MaxCount || !JsonGrammar.IsEnd(unsigned[length]))
            return ReadOneByOne(text);
        long digits = run.ValueFrom(0, whole);
        if (fraction > 0)
            digits = (digits * Powers[fraction]) + run.ValueFrom(whole + 1, fraction);
        return new ShortDecimal(isSigned ? -digits : digits, fraction);
    }

    private static ShortDecimal ReadOneByOne(ReadOnlySpan<char> text)
    {
        bool isNegative = !text.IsEmpty && text[0] == '-';
        int at = isNegative ? 1 : 0;
        int first = at;
        int point = -1;
        long digits = 0;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9 && at - first <= MaxDigits)
                digits = (digits * 10) + digit;
            else if (text[at] == '.' && point < 0)
                point = at;
            else
                break;
        }

        int count = at - first - (point < 0 ? 0 : 1);
        bool ends = at == text.Length || JsonGrammar.IsEnd(text[at]);
        if (!ends || count is 0 or > MaxDigits)
            return default;
        return new ShortDecimal(isNegative ? -digits : digits, point < 0 ? 0 : at - point - 1);
    }

    /// <summary>The order of two numbers that are known: -1, 0 or 1.</summary>
    public int CompareTo(ShortDecimal other)
    {
        int apart = other._scale - _scale;
        if (apart == 0)
            return _digits.CompareTo(other._digits);
        if (IsInt32(_digits) && IsInt32(other._digits) && Math.Abs(apart) <= MaxInt32Digits)
            return apart > 0 ? (_digits * Powers[apart]).CompareTo(other._digits) : _digits.CompareTo(other._digits * Powers[-apart]);
        return _scale < other._scale
            ? ((Int128)_digits * Powers[other._scale - _scale]).CompareTo(other._digits)
            : ((Int128)_digits).CompareTo((Int128)other._digits * Powers[_scale - other._scale]);
    }

    /// <summary>The number times a power of ten, where that is whole and has few digits before.</summary>
    public bool TryScale(int places, out long scaled)
    {
        bool can = _scale <= places && places <= MaxInt32Digits && IsInt32(_digits);
        scaled = can ? _digits * Powers[places - _scale] : 0;
        return can;
    }

    private static bool IsInt32(long digits) => digits == (int)digits;

    private static long[] CreatePowers()
    {
        long[] powers = new long[MaxDigits + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
