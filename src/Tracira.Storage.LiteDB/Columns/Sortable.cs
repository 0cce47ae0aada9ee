namespace Tracira.Storage.LiteDB;

/// <summary>Numbers as integers of the same order, so that every column that is sorted by holds the same type.</summary>
internal static class Sortable
{
    /// <summary>An absent number comes before all others.</summary>
    public const long Absent = long.MinValue;

    /// <summary>The integer for a finite number.</summary>
    public static long Of(double? number)
    {
        if (number is not { } value)
            return Absent;
        long bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value); // minus zero is zero
        return bits < 0 ? bits ^ long.MaxValue : bits;
    }

    /// <summary>The number of an integer.</summary>
    public static double? ToNumber(long sortable) =>
        sortable == Absent ? null : BitConverter.Int64BitsToDouble(sortable < 0 ? sortable ^ long.MaxValue : sortable);
}
