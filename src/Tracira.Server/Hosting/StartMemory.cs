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
    private const int TouchedBytes = 4 << 20;
    private const int UncollectedBytes = 16 << 20;
    private const int PageBytes = 4096;
    private const int PopulateForReading = 22; // MADV_POPULATE_READ and _WRITE, since Linux 5.14; an older one declines, and nothing is lost
    private const int PopulateForWriting = 23;

    /// <summary>Maps the heap that a start fills.</summary>
    /// <remarks>The collector gives out its memory in steps of 64 KB, unless it has promised not to run for some megabytes.</remarks>
    public static void PopulateHeap()
    {
        if (!OperatingSystem.IsLinux() || !GC.TryStartNoGCRegion(UncollectedBytes))
            return;
        object last = new();
        nint first = Unsafe.As<object, nint>(ref last) & -PageBytes;
        _ = Advise(first, TouchedBytes, PopulateForWriting);
        GC.EndNoGCRegion();
    }

    /// <summary>Maps the tables of types, nearly all of which are looked at.</summary>
    public static void PopulateTables()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (string mapping in File.ReadLines("/proc/self/maps").TakeWhile(static line => line.EndsWith(Environment.ProcessPath!, StringComparison.Ordinal)))
        {
            // As in 0060a000-0136c000 rw-p 00209000 08:01 1234567 /opt/tracira
            if (mapping.Split(' ', 3) is not [var range, "rw-p", _] || range.Split('-') is not [var first, var end])
                continue;
            nint address = nint.Parse(first, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _ = Advise(address, nint.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - address, PopulateForReading);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
