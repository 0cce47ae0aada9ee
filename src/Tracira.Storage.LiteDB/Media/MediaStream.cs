using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>What is in a file, read chunk by chunk from front to back.</summary>
internal sealed class MediaStream(DocumentReader documents, long number, long length, Action whenClosed) : Stream
{
    private byte[] _chunk = [];
    private int _inChunk;
    private int _nextChunk;
    private long _position;
    private bool _isClosed;

    public override bool CanRead => !_isClosed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="StoreUnavailableException">The store is closed, or cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (buffer.Length == 0 || _position == length)
            return 0;
        if (_inChunk == _chunk.Length)
            ReadChunk();
        int count = Math.Min(buffer.Length, _chunk.Length - _inChunk);
        _chunk.AsSpan(_inChunk, count).CopyTo(buffer);
        _inChunk += count;
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!_isClosed)
        {
            _isClosed = true;
            whenClosed();
        }

        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        BsonDocument chunk = documents.Find(MediaChunk.Collection, MediaChunk.IdOf(number, _nextChunk++))
            ?? throw new StoreUnavailableException("The file is damaged: a piece of it is missing.");
        _chunk = MediaChunk.DataOf(chunk);
        _inChunk = 0;
    }
}
