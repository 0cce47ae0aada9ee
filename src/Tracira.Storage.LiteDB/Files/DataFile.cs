namespace Tracira.Storage.LiteDB;

/// <summary>
/// LiteDB's data file. A checkpoint copies every page that the log holds, in the order of the log, and the pages that each transaction
/// changes are there once for each of them; so what is written is gathered until it is to be synced, and each page goes to the file once.
/// </summary>
internal sealed class DataFile(string path) : DatabaseFile(path)
{
    private const int PageSize = 8192;
    private const int MaxGathered = 256;

    private readonly SortedDictionary<long, int> _gathered = []; // page's position → its place among the pages below
    private readonly byte[] _pages = GC.AllocateUninitializedArray<byte>(MaxGathered * PageSize);

    public override long Length => Math.Max(base.Length, _gathered.Count == 0 ? 0 : _gathered.Keys.Max() + PageSize);

    public override int Read(Span<byte> buffer)
    {
        if (!_gathered.TryGetValue(Position, out int place))
            return base.Read(buffer);
        int length = Math.Min(buffer.Length, PageSize);
        PageAt(place)[..length].CopyTo(buffer);
        Position += length;
        return length;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length != PageSize || Position % PageSize != 0)
        {
            WriteGathered();
            base.Write(buffer);
            return;
        }

        if (!_gathered.TryGetValue(Position, out int place))
        {
            if (_gathered.Count == MaxGathered)
                WriteGathered();
            place = _gathered.Count;
            _gathered.Add(Position, place);
        }

        buffer.CopyTo(PageAt(place));
        Position += PageSize;
    }

    public override void SetLength(long value)
    {
        WriteGathered();
        base.SetLength(value);
    }

    public override void Flush()
    {
        WriteGathered();
        base.Flush();
    }

    private void WriteGathered()
    {
        foreach ((long position, int place) in _gathered)
            WriteAt(position, PageAt(place));
        _gathered.Clear();
    }

    private Span<byte> PageAt(int place) => _pages.AsSpan(place * PageSize, PageSize);
}
