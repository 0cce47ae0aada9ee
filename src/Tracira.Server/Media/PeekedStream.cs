namespace Tracira.Server.Media;

/// <summary>A stream whose first bytes have been looked at and are read again.</summary>
internal sealed class PeekedStream : ReadOnceStream
{
    private readonly Stream _rest;
    private int _at;

    private PeekedStream(byte[] head, Stream rest)
    {
        Head = head;
        _rest = rest;
    }

    /// <summary>The first bytes; all there are where there are fewer than asked for.</summary>
    public byte[] Head { get; }

    /// <summary>Reads the first bytes of a stream.</summary>
    public static async ValueTask<PeekedStream> OpenAsync(Stream stream, int headBytes, CancellationToken cancellationToken)
    {
        byte[] head = new byte[headBytes];
        int length = await stream.ReadAtLeastAsync(head, headBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return new PeekedStream(head[..length], stream);
    }

    public override int Read(Span<byte> buffer) => _at < Head.Length ? ReadHead(buffer) : _rest.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _at < Head.Length ? new ValueTask<int>(ReadHead(buffer.Span)) : _rest.ReadAsync(buffer, cancellationToken);

    private int ReadHead(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, Head.Length - _at);
        Head.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
