using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tracira;

/// <summary>The JSON in a text as UTF-8, in a rented buffer, made when it is first asked for.</summary>
internal struct Utf8Json
{
    private byte[]? _utf8;
    private int _start;
    private int _length;

    /// <summary>The JSON in the text, which must be the same one each time; empty where there is none.</summary>
    public ReadOnlySpan<byte> In(ReadOnlySpan<char> text)
    {
        if (_utf8 is null)
        {
            _utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            Utf8.FromUtf16(text, _utf8, out _, out int length); // lone surrogates become U+FFFD, of one UTF-16 unit as well
            (_start, _length) = JsonText.Find(_utf8.AsSpan(0, length));
        }

        return _utf8.AsSpan(_start, _length);
    }

    /// <summary>The place in the text, in UTF-16 code units, of a stretch of the JSON.</summary>
    public readonly TextMatch PlaceOf(int jsonStart, int jsonLength) => new(
        Encoding.UTF8.GetCharCount(_utf8.AsSpan(0, _start + jsonStart)),
        Encoding.UTF8.GetCharCount(_utf8.AsSpan(_start + jsonStart, jsonLength)));

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose()
    {
        if (_utf8 is not null)
            ArrayPool<byte>.Shared.Return(_utf8);
    }
}
