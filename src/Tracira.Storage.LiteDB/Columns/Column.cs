using System.Runtime.InteropServices;

namespace Tracira.Storage.LiteDB;

/// <summary>One value for each row, in chunks, so that growing copies nothing.</summary>
internal sealed class Column<T>
    where T : unmanaged, IEquatable<T>
{
    private readonly List<T[]> _chunks = [];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a row.</summary>
    public ref T this[int row] => ref _chunks[row >> Chunk.Bits][row & Chunk.Mask];

    /// <summary>Adds a row.</summary>
    public void Add(T value)
    {
        if ((Count & Chunk.Mask) == 0 && Count >> Chunk.Bits == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<T>(Chunk.Size));
        _chunks[Count >> Chunk.Bits][Count & Chunk.Mask] = value;
        Count++;
    }

    /// <summary>Gives all rows of one value another.</summary>
    public void Replace(T value, T by)
    {
        foreach (T[] chunk in _chunks)
            chunk.AsSpan().Replace(value, by);
    }

    /// <summary>The values of the rows of a chunk.</summary>
    public ReadOnlySpan<T> OfChunk(int chunk) => _chunks[chunk].AsSpan(0, Math.Min(Chunk.Size, Count - (chunk << Chunk.Bits)));

    /// <summary>A stretch of rows that does not cross a chunk's border, as bytes.</summary>
    public ReadOnlySpan<byte> BytesOf(int start, int count) => MemoryMarshal.AsBytes(_chunks[start >> Chunk.Bits].AsSpan(start & Chunk.Mask, count));

    /// <summary>Copies out a stretch of rows that does not cross a chunk's border, as bytes.</summary>
    public byte[] Save(int start, int count) => BytesOf(start, count).ToArray();

    /// <summary>Adds rows that were saved.</summary>
    public void Load(ReadOnlySpan<byte> bytes)
    {
        for (ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bytes); values.Length > 0;)
        {
            if (Count >> Chunk.Bits == _chunks.Count)
                _chunks.Add(GC.AllocateUninitializedArray<T>(Chunk.Size));
            Span<T> free = _chunks[Count >> Chunk.Bits].AsSpan(Count & Chunk.Mask);
            int fitting = Math.Min(free.Length, values.Length);
            values[..fitting].CopyTo(free);
            values = values[fitting..];
            Count += fitting;
        }
    }
}

/// <summary>How rows are cut into chunks.</summary>
internal static class Chunk
{
    public const int Bits = 16;
    public const int Size = 1 << Bits;
    public const int Mask = Size - 1;

    /// <summary>The words of a bitmap over a chunk.</summary>
    public const int Words = Size / 64;
}
