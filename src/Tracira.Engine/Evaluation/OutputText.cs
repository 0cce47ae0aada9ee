using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Tracira;

/// <summary>An output on its way through the conditions, with the forms of it that several of them need, each made at most once.</summary>
internal ref struct OutputText(ReadOnlySpan<char> text, double? confidence, DateTimeOffset now, ForbiddenKeywords forbidden)
{
    private Lengths _lengths;
    private bool? _mayHoldForbiddenFolded;
    private bool? _mayHoldForbidden;
    private char[]? _folded;
    private byte[]? _utf8;
    private int _jsonStart;
    private int _jsonLength = -1;

    /// <summary>The output as it came.</summary>
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>The model's own confidence.</summary>
    public double? Confidence { get; } = confidence;

    /// <summary>When the evaluation takes place.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The output for comparison without regard to case.</summary>
    public ReadOnlySpan<char> Folded
    {
        get
        {
            if (_folded is null)
            {
                _folded = ArrayPool<char>.Shared.Rent(Text.Length);
                CaseFolding.Fold(Text, _folded);
            }

            return _folded.AsSpan(0, Text.Length);
        }
    }

    /// <summary>Whether a forbidden keyword of any rule may be in the output. False is certain.</summary>
    /// <param name="caseSensitive">Whether those keywords are meant whose case matters, or the others.</param>
    public bool MayHoldForbidden(bool caseSensitive) => caseSensitive
        ? _mayHoldForbidden ??= forbidden.MayOccurIn(Text, caseSensitive: true)
        : _mayHoldForbiddenFolded ??= forbidden.MayOccurIn(Folded, caseSensitive: false);

    /// <summary>The length of the output.</summary>
    public int LengthIn(LengthUnit unit)
    {
        ref int length = ref _lengths[(int)unit]; // one more than the length, 0 where it is not known yet
        if (length == 0)
            length = TextLength.Of(Text, unit) + 1;
        return length - 1;
    }

    /// <summary>The JSON in the output, as UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> Json
    {
        get
        {
            if (_jsonLength < 0)
            {
                _utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Text.Length));
                Utf8.FromUtf16(Text, _utf8, out _, out int length); // lone surrogates become U+FFFD, of one UTF-16 unit as well
                (_jsonStart, _jsonLength) = JsonText.Find(_utf8.AsSpan(0, length));
            }

            return _utf8.AsSpan(_jsonStart, _jsonLength);
        }
    }

    /// <summary>The place in the output of a stretch of <see cref="Json"/>.</summary>
    public readonly TextMatch PlaceOf(int jsonStart, int jsonLength) => new(
        Encoding.UTF8.GetCharCount(_utf8.AsSpan(0, _jsonStart + jsonStart)),
        Encoding.UTF8.GetCharCount(_utf8.AsSpan(_jsonStart + jsonStart, jsonLength)));

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose()
    {
        if (_folded is not null)
            ArrayPool<char>.Shared.Return(_folded);
        if (_utf8 is not null)
            ArrayPool<byte>.Shared.Return(_utf8);
    }

    [InlineArray(4)]
    private struct Lengths
    {
        private int _first;
    }
}
