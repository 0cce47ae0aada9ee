using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A database file that LiteDB reads and writes page by page, and that only we sync. LiteDB's own files sync after every page; this one
/// syncs where recovery needs it and nowhere else.
/// </summary>
internal abstract partial class DatabaseFile : Stream
{
    private const int MarkOffset = 32; // LiteDB.Engine.HeaderPage.P_HEADER_INFO

    private readonly SafeFileHandle _handle;

    /// <summary>Opens or makes a file that nobody else may open meanwhile.</summary>
    /// <exception cref="IOException">The file is open elsewhere, or cannot be opened at all.</exception>
    protected DatabaseFile(string path) =>
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position { get; set; }

    private static ReadOnlySpan<byte> Mark => "** This is a LiteDB file **"u8;

    /// <summary>Whether the file may be given to LiteDB, which would write to any file it is given.</summary>
    public bool IsEmptyOrLiteDB()
    {
        Span<byte> mark = stackalloc byte[Mark.Length];
        return Length == 0 || (ReadAt(MarkOffset, mark) == mark.Length && mark.SequenceEqual(Mark));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = ReadAt(Position, buffer);
        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        WriteAt(Position, buffer);
        Position += buffer.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => RandomAccess.SetLength(_handle, value);

    public override void Flush() => Sync();

    /// <summary>Syncs the file to disk: its data, and its size where that has changed, but not the time of the last change.</summary>
    protected void Sync()
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(_handle);
        else if (SyncData(_handle) != 0)
            throw new StoreUnavailableException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
    }

    protected int ReadAt(long offset, Span<byte> buffer) => RandomAccess.Read(_handle, buffer, offset);

    /// <exception cref="StoreUnavailableException">
    /// The file cannot be written. Not an <see cref="IOException"/>, at which LiteDB would close: what is there can still be read.
    /// </exception>
    protected void WriteAt(long offset, ReadOnlySpan<byte> buffer)
    {
        try
        {
            RandomAccess.Write(_handle, buffer, offset);
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            // The framework makes an ArgumentOutOfRangeException of a file that the system does not let grow.
            throw new StoreUnavailableException(exception.Message, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _handle.Dispose();
        base.Dispose(disposing);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SyncData(SafeFileHandle file);
}
