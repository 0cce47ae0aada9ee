using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira.Server.Hosting;

/// <summary>
/// The memory that a start touches in any case: the executable's tables, and the first megabytes of the heap. The first touch of a page
/// interrupts the program, which on a virtual machine can cost a hundredth of a millisecond, and a start has three thousand of them.
/// Linux maps many pages at once, in less than a tenth of the time, for whoever says that they will be needed (docs/benchmarks.md).
/// </summary>
internal static partial class StartMemory
{
    private const int UncollectedBytes = 16 << 20;
    private const int RegionBytes = 4 << 20; // the collector's unit
    private const int SecondRegionBytes = 5 << 19; // as much of it as a start fills
    private const int PageBytes = 4096;
    private const int PopulateForReading = 22; // MADV_POPULATE_READ and _WRITE, since Linux 5.14; an older one declines, and nothing is lost
    private const int PopulateForWriting = 23;

    /// <summary>Maps the heap that a start fills: what is left of the region that objects are allocated in, and the beginning of the next.</summary>
    /// <remarks>The collector gives out its memory in steps of 64 KB, unless it has promised not to run for some megabytes.</remarks>
    public static void PopulateHeap()
    {
        if (!OperatingSystem.IsLinux() || !GC.TryStartNoGCRegion(UncollectedBytes))
            return;
        object last = new();
        nint first = Unsafe.As<object, nint>(ref last) & -PageBytes;
        _ = Advise(first, RegionBytes - (first & (RegionBytes - 1)), PopulateForWriting);
        if (Writable().FirstOrDefault(mapping => mapping.First - first > RegionBytes) is { First: > 0 } next) // what adjoins is for large objects
            _ = Advise(next.First, Math.Min(next.End - next.First, SecondRegionBytes), PopulateForWriting);
        GC.EndNoGCRegion();
    }

    /// <summary>Maps the tables of types, nearly all of which are looked at.</summary>
    public static void PopulateTables()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach ((nint first, nint end, _) in Writable().TakeWhile(static mapping => mapping.File == Environment.ProcessPath))
            _ = Advise(first, end - first, PopulateForReading);
    }

    // A line is like "0060a000-0136c000 rw-p 00209000 08:01 1234567 /opt/tracira", the executable's first, then upward.
    private static IEnumerable<(nint First, nint End, string File)> Writable() =>
        from line in File.ReadLines("/proc/self/maps")
        let parts = line.Split(' ', 6)
        where parts[1] == "rw-p"
        let range = parts[0].Split('-')
        select (Address(range[0]), Address(range[1]), parts[5].Trim());

    private static nint Address(string hexadecimal) => nint.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
