using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// The signatures of the outputs of sealed segments, in a file beside the database, which holds nothing that cannot be made again from the
/// logs. They lie bit by bit: 4,096 rows' first bit, then their second and so on, so that a search reads 512 bytes of a segment for each bit
/// that it asks for.
/// </summary>
internal sealed class SignatureFile : IDisposable
{
    /// <summary>The words that hold one bit of each row of a segment.</summary>
    public const int WordsOfBit = SegmentDocument.Rows / 64;

    private const int Head = 4096;
    private const int BytesOfBit = WordsOfBit * sizeof(ulong);
    private const long BytesOfSegment = Head + ((long)TextSignature.Bits * BytesOfBit);

    private readonly SafeFileHandle _handle;
    private ulong[]? _bits;

    /// <summary>Opens or makes the file. What was made otherwise is thrown away.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public SignatureFile(string path)
    {
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, FileOptions.RandomAccess);
        if (Number(0) == TextSignature.Making)
            return;
        RandomAccess.SetLength(_handle, 0);
        PutNumber(0, TextSignature.Making);
    }

    /// <summary>The file of a database.</summary>
    public static string PathOf(string path) => path + "-search";

    /// <summary>The mark that a segment was written with; 0 where it was not, or not to its end.</summary>
    public ulong MarkOf(int segment) => RandomAccess.GetLength(_handle) < PlaceOf(segment + 1) ? 0 : Number(PlaceOf(segment));

    /// <summary>Writes a segment.</summary>
    /// <param name="segment">Its number.</param>
    /// <param name="mark">What to know it by later.</param>
    /// <param name="signatures">Its rows' signatures, one behind the other.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(int segment, ulong mark, ReadOnlySpan<ulong> signatures)
    {
        ulong[] bits = _bits ??= new ulong[TextSignature.Bits * WordsOfBit];
        Span<ulong> block = stackalloc ulong[64];
        for (int rows = 0; rows < WordsOfBit; rows++)
        {
            for (int word = 0; word < TextSignature.Words; word++)
            {
                for (int i = 0; i < block.Length; i++)
                    block[i] = signatures[(((rows * 64) + i) * TextSignature.Words) + word];
                Transpose(block);
                for (int i = 0; i < block.Length; i++)
                    bits[(((word * 64) + i) * WordsOfBit) + rows] = block[i];
            }
        }

        // The mark is written when what it vouches for is on disk.
        PutNumber(PlaceOf(segment), 0);
        RandomAccess.Write(_handle, MemoryMarshal.AsBytes(bits.AsSpan()), PlaceOf(segment) + Head);
        RandomAccess.FlushToDisk(_handle);
        PutNumber(PlaceOf(segment), mark);
    }

    /// <summary>Keeps, of the rows of a segment, those that have a bit.</summary>
    public void Keep(int segment, int bit, Span<ulong> rows)
    {
        Span<ulong> having = stackalloc ulong[WordsOfBit];
        if (RandomAccess.Read(_handle, MemoryMarshal.AsBytes(having), PlaceOf(segment) + Head + ((long)bit * BytesOfBit)) != BytesOfBit)
            return;
        for (int word = 0; word < rows.Length; word++)
            rows[word] &= having[word];
    }

    public void Dispose() => _handle.Dispose();

    private static long PlaceOf(int segment) => Head + (segment * BytesOfSegment);

    private ulong Number(long place)
    {
        ulong number = 0;
        return RandomAccess.Read(_handle, MemoryMarshal.AsBytes(new Span<ulong>(ref number)), place) == sizeof(ulong) ? number : 0;
    }

    private void PutNumber(long place, ulong number) => RandomAccess.Write(_handle, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(ref number)), place);

    // Rows become columns, in six rounds that swap ever smaller squares.
    private static void Transpose(Span<ulong> block)
    {
        ulong mask = 0xFFFFFFFF;
        for (int size = 32; size != 0; size >>= 1, mask ^= mask << size)
        {
            for (int i = 0; i < 64; i = (i + size + 1) & ~size)
            {
                ulong swapped = ((block[i] >> size) ^ block[i + size]) & mask;
                block[i] ^= swapped << size;
                block[i + size] ^= swapped;
            }
        }
    }
}
