using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tracira.Server.Media;

/// <summary>
/// What a JSON string holds in base64, decoded bit by bit where it lies in the request, so that a file is never in memory a second time.
/// Takes what clients send: the standard and the URL-safe alphabet, with or without padding, line breaks, JSON escapes, a data: prefix.
/// </summary>
internal sealed class Base64Stream : ReadOnceStream
{
    private const int MaxPrefix = 200;
    private readonly JsonElement _text;
    private readonly byte[] _letters = new byte[4096];
    private readonly byte[] _decoded = new byte[3072];
    private int _at;
    private int _next;
    private int _end;

    /// <param name="text">A JSON string.</param>
    public Base64Stream(JsonElement text)
    {
        _text = text;
        ReadOnlySpan<byte> raw = Raw;
        if (raw.StartsWith("data:"u8))
            _at = raw[..Math.Min(raw.Length, MaxPrefix)].IndexOf((byte)',') + 1;
    }

    private ReadOnlySpan<byte> Raw => JsonMarshal.GetRawUtf8Value(_text)[1..^1];

    /// <exception cref="FormatException">It is not base64.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_next == _end)
            Decode();
        int length = Math.Min(buffer.Length, _end - _next);
        _decoded.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    private void Decode()
    {
        ReadOnlySpan<byte> raw = Raw;
        int count = 0;
        while (_at < raw.Length)
        {
            int before = _at;
            byte letter = NextLetter(raw);
            if (letter <= ' ')
                continue;
            if (count == _letters.Length)
            {
                _at = before;
                break;
            }

            _letters[count++] = letter switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', _ => letter };
        }

        bool isLast = _at == raw.Length;
        while (isLast && count % 4 is 2 or 3)
            _letters[count++] = (byte)'=';
        OperationStatus status = Base64.DecodeFromUtf8(_letters.AsSpan(0, count), _decoded, out int consumed, out _end, isLast);
        if (status != OperationStatus.Done || consumed != count)
            throw new FormatException("This is not base64.");
        _next = 0;
    }

    // The text of the request has been found to be well-formed JSON: an escape is whole.
    private byte NextLetter(ReadOnlySpan<byte> raw)
    {
        byte letter = raw[_at++];
        if (letter != '\\')
            return letter;
        byte escape = raw[_at++];
        if (escape != 'u')
            return escape is (byte)'n' or (byte)'r' or (byte)'t' ? (byte)' ' : escape;
        int code = int.Parse(raw.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _at += 4;
        return code < 128 ? (byte)code : (byte)'?';
    }
}
