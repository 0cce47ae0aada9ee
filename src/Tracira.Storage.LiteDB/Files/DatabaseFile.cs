using Microsoft.Win32.SafeHandles;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A database file that LiteDB reads and writes page by page, and that only we sync. LiteDB's own files sync after every page; this one
/// syncs where recovery needs it and nowhere else.
/// </summary>
internal class DatabaseFile : Stream
{
    private const int MarkOffset = 32; // LiteDB.Engine.HeaderPage.P_HEADER_INFO

    private readonly SafeFileHandle _handle;
    private long _position;

    /// <summary>Opens or makes a file that nobody else may open meanwhile.</summary>
    /// <exception cref="IOException">The file is open elsewhere, or cannot be opened at all.</exception>
    public DatabaseFile(string path) =>
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);

    /// <summary>Whether the file may be given to LiteDB, which would write to any file it is given.</summary>
    public bool IsEmptyOrLiteDB()
    {
        Span<byte> mark = stackalloc byte[Mark.Length];
        return Length == 0 || (RandomAccess.Read(_handle, mark, MarkOffset) == mark.Length && mark.SequenceEqual(Mark));
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    private static ReadOnlySpan<byte> Mark => "** This is a LiteDB file **"u8;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(_handle, buffer, _position);
        _position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        RandomAccess.Write(_handle, buffer, _position);
        _position += buffer.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => RandomAccess.SetLength(_handle, value);

    /// <summary>Syncs the file to disk.</summary>
    public override void Flush() => RandomAccess.FlushToDisk(_handle);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _handle.Dispose();
        base.Dispose(disposing);
    }
}
