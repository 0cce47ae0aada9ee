using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tracira;

/// <summary>
/// Marks the places in a text where something of JSON begins or ends: operators, both quotes of every string, the first unit of every
/// number and word; and inside strings what must not be there. It goes on as far as it is asked to, 64 units at once, without a branch
/// for each unit, as simdjson does (Langdale and Lemire), but over UTF-16.
/// </summary>
internal ref struct JsonMarks
{
    /// <summary>How much longer than the text the places must be.</summary>
    public const int Slack = 2 * JsonUnits.Count;

    private const int Stretch = 16 * JsonUnits.Count;
    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<int> _places;
    private int _at;
    private int _count;
    private int _lowHalf; // where the second escape of a pair is that was looked at with the first
    private ulong _inString; // all bits where the units so far end inside a string
    private ulong _escaped; // 1 where the next unit is escaped
    private ulong _afterScalar; // 1 where the next unit would go on with a number or word

    /// <param name="text">The text, to where the JSON ends at the latest.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="places">Takes the places of the marks: as many as the text is long, and <see cref="Slack"/>.</param>
    public JsonMarks(ReadOnlySpan<char> text, int start, Span<int> places)
    {
        _text = text;
        _at = start;
        _places = places;
        _lowHalf = -1;
        FirstEscape = text.Length;
    }

    /// <summary>Where the JSON ends at the latest.</summary>
    public readonly int End => _text.Length;

    /// <summary>Where about the first backslash is in what has been marked, not behind it; the end where there is none.</summary>
    public int FirstEscape { get; private set; }

    /// <summary>Whether there is half of a surrogate pair without the other in what has been marked.</summary>
    public bool HasLoneHalf { get; private set; }

    /// <summary>The unit at a mark; NUL behind the last. Marks must have been asked for with <see cref="Need"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly char UnitAt(int mark)
    {
        int place = PlaceOf(mark);
        return (uint)place < (uint)_text.Length ? _text[place] : '\0';
    }

    /// <summary>Where a mark is; behind the last the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int PlaceOf(int mark) => Unsafe.Add(ref MemoryMarshal.GetReference(_places), mark);

    /// <summary>Marks the text until there are so many marks, or the text ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Need(int marks)
    {
        if (marks > _count)
            Go(marks);
    }

    private void Go(int marks)
    {
        ref ushort units = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(_text));
        while (_count < marks && _at < _text.Length)
        {
            for (int last = Math.Min(_text.Length, _at + Stretch) - JsonUnits.Count; _at <= last;)
                Mark(ref Unsafe.Add(ref units, _at));
            if (_at < _text.Length && _at + JsonUnits.Count > _text.Length)
                MarkEnd();
        }

        if (_at >= _text.Length)
            _places.Slice(_count, JsonUnits.Count).Fill(_text.Length);
    }

    private void MarkEnd()
    {
        Span<char> end = stackalloc char[JsonUnits.Count];
        end.Fill(' ');
        _text[_at..].CopyTo(end);
        Mark(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(end)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(ref ushort first)
    {
        var units = JsonUnits.Of(ref first);
        ulong escapes = 0;
        ulong quotes = units.Quotes;
        if ((units.Backslashes | _escaped) != 0)
            quotes &= ~Escaped(units.Backslashes, out escapes);
        ulong inString = PrefixXor(quotes) ^ _inString; // with the quote that opens and without the one that closes
        _inString = (ulong)((long)inString >> 63);
        ulong bad = units.Controls & inString;
        if ((escapes & inString) != 0)
            bad |= BadAmong(escapes & inString);
        if (units.Halves != 0)
            HasLoneHalf = HasLoneHalf || HasLoneAmong(units.Halves);

        // A closing quote with a letter right behind it leaves that letter a beginning, and so no JSON.
        ulong scalars = ~(units.Operators | units.Spaces | quotes);
        ulong beginnings = scalars & ~((scalars << 1) | _afterScalar);
        _afterScalar = scalars >> 63;
        Add(((units.Operators | beginnings) & ~inString) | quotes | bad);
        _at += JsonUnits.Count;
    }

    private void Add(ulong marks)
    {
        ref int place = ref Unsafe.Add(ref MemoryMarshal.GetReference(_places), _count);
        int count = BitOperations.PopCount(marks);
        if (Avx512Vbmi2.IsSupported)
        {
            Add512(ref place, marks, count);
            _count += count;
            return;
        }

        // Eight at once, whether there are as many or not: what was written too much is written over.
        for (int done = 0; done < count; done += 8)
        {
            Write(ref Unsafe.Add(ref place, done), ref marks);
            Write(ref Unsafe.Add(ref place, done + 1), ref marks);
            Write(ref Unsafe.Add(ref place, done + 2), ref marks);
            Write(ref Unsafe.Add(ref place, done + 3), ref marks);
            Write(ref Unsafe.Add(ref place, done + 4), ref marks);
            Write(ref Unsafe.Add(ref place, done + 5), ref marks);
            Write(ref Unsafe.Add(ref place, done + 6), ref marks);
            Write(ref Unsafe.Add(ref place, done + 7), ref marks);
        }

        _count += count;
    }

    // Sixteen at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Add512(ref int place, ulong marks, int count)
    {
        var bitOf = Vector512.Create(0x8040_2010_0804_0201).AsByte();
        var byteOf = Vector512.Create(
            Vector256.Create(0, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303),
            Vector256.Create(0x0404_0404_0404_0404, 0x0505_0505_0505_0505, 0x0606_0606_0606_0606, 0x0707_0707_0707_0707)).AsByte();
        Vector512<byte> isMarked = Vector512.Equals(Avx512BW.Shuffle(Vector512.Create(marks).AsByte(), byteOf) & bitOf, bitOf);
        Vector512<byte> marked = Avx512Vbmi2.Compress(Vector512<byte>.Zero, isMarked, Vector512<byte>.Indices);
        var from = Vector512.Create(_at);
        (Avx512F.ConvertToVector512Int32(marked.GetLower().GetLower()) + from).StoreUnsafe(ref place);
        if (count <= 16)
            return;
        (Avx512F.ConvertToVector512Int32(marked.GetLower().GetUpper()) + from).StoreUnsafe(ref place, 16);
        if (count <= 32)
            return;
        (Avx512F.ConvertToVector512Int32(marked.GetUpper().GetLower()) + from).StoreUnsafe(ref place, 32);
        (Avx512F.ConvertToVector512Int32(marked.GetUpper().GetUpper()) + from).StoreUnsafe(ref place, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Write(ref int place, ref ulong marks)
    {
        place = _at + BitOperations.TrailingZeroCount(marks);
        marks &= marks - 1;
    }

    // Which units are escaped: those behind an odd number of backslashes. The additions carry through runs of backslashes.
    private ulong Escaped(ulong backslashes, out ulong escapes)
    {
        FirstEscape = Math.Min(FirstEscape, _at);
        ulong possible = backslashes & ~_escaped;
        ulong ends = (((possible << 1) | OddBits) - possible) ^ OddBits;
        ulong escaped = ends ^ (backslashes | _escaped);
        escapes = ends & backslashes;
        _escaped = escapes >> 63;
        return escaped;
    }

    private ulong BadAmong(ulong escapes)
    {
        ulong bad = 0;
        for (; escapes != 0; escapes &= escapes - 1)
        {
            int place = _at + BitOperations.TrailingZeroCount(escapes);
            if (place == _lowHalf)
                continue;
            int length = JsonEscapes.Length(_text[place..]);
            if (length == 0)
                bad |= escapes & (~escapes + 1);
            else if (length == JsonEscapes.PairLength)
                _lowHalf = place + (JsonEscapes.PairLength / 2);
        }

        return bad;
    }

    private readonly bool HasLoneAmong(ulong halves)
    {
        for (; halves != 0; halves &= halves - 1)
        {
            int place = _at + BitOperations.TrailingZeroCount(halves);
            if (char.IsHighSurrogate(_text[place])
                ? place + 1 == _text.Length || !char.IsLowSurrogate(_text[place + 1])
                : place == 0 || !char.IsHighSurrogate(_text[place - 1]))
            {
                return true;
            }
        }

        return false;
    }

    // Each bit is how many there are up to it, modulo two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        for (int distance = 1; distance < 64; distance *= 2)
            bits ^= bits << distance;
        return bits;
    }
}
