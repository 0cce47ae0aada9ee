namespace Tracira.Storage.LiteDB;

/// <summary>
/// LiteDB's log file. A transaction's last page carries a mark, and recovery believes every page of a transaction whose mark it finds.
/// So the mark must not reach the disk before the pages: they are synced first, the marked page among them with its mark taken out, and
/// then the one sector with the mark is written and synced. Two syncs a commit, and a torn write can at worst lose a mark.
/// </summary>
internal sealed class WriteAheadFile(string path) : DatabaseFile(path)
{
    private const int PageSize = 8192;
    private const int SectorSize = 512;
    private const int MarkOffset = 18; // LiteDB.Engine.BasePage.P_IS_CONFIRMED

    private readonly byte[] _unmarked = new byte[PageSize];

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length != PageSize || buffer[MarkOffset] == 0)
        {
            base.Write(buffer);
            return;
        }

        long start = Position;
        buffer.CopyTo(_unmarked);
        _unmarked[MarkOffset] = 0;
        base.Write(_unmarked);
        Flush();
        Position = start;
        base.Write(buffer[..SectorSize]);
        Flush();
        Position = start + PageSize;
    }

    /// <summary>
    /// Cuts the file, as after a checkpoint, and syncs that: pages of old transactions must not come back to life among new ones.
    /// </summary>
    public override void SetLength(long value)
    {
        base.SetLength(value);
        Flush();
    }
}
