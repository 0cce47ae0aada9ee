namespace Tracira.Storage.PostgreSql;

/// <summary>Reads a file piece by piece, with no connection held in between.</summary>
internal sealed class MediaStream(Database database, long content, long length) : Stream
{
    private const string ReadChunk = "select bytes from media_chunks where content = $1 and place = $2";

    private ReadOnlyMemory<byte> _chunk;
    private int _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == length || buffer.Length == 0)
            return 0;
        if (_chunk.Length == 0)
            _chunk = await LoadAsync(cancellationToken).ConfigureAwait(false);
        int count = Math.Min(buffer.Length, _chunk.Length);
        _chunk[..count].CopyTo(buffer);
        _chunk = _chunk[count..];
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        int place = _next++;
        List<byte[]> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                ReadChunk, static reader => reader.GetFieldValue<byte[]>(0), cancellationToken, Sql.Long(content), Sql.Int(place)),
            cancellationToken).ConfigureAwait(false);
        return found is [var bytes] ? bytes : throw new IOException("The file was deleted more than an hour ago.");
    }
}
