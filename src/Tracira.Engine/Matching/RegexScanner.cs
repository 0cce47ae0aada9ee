using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tracira;

/// <summary>
/// Tells which of any number of patterns a text has, and where, in one pass over it: vectors find places that may have one of the patterns'
/// windows, a lookup tells which they have, and there alone, where the match with that window may begin, the pattern is tried. Patterns
/// without windows are tried everywhere. What comes out is what an engine with backtracking would say of each pattern, in time that grows
/// as the text does. Immutable; scanning allocates nothing.
/// </summary>
internal sealed class RegexScanner
{
    private const int Width = WindowPrefilter.Width;
    private const int BlockSize = 64;

    // Where windows are so frequent and starts so many that more bytes are looked at than so many times the text's, all starts are tried at once.
    private const int WorkPerUnit = 8;
    private const int LeastWork = 1_000;

    private static readonly int WordsAtOnce = Vector256<ulong>.Count;

    private readonly RegexAlphabet _alphabet;
    private readonly RegexTarget[] _targets;
    private readonly int[] _everywhere; // the patterns without windows
    private readonly int[] _targetOf; // window → its pattern
    private readonly int[] _windowsFrom; // pattern → its first window; one more at the end
    private readonly ulong[] _windows; // all windows, as bits
    private readonly ulong[] _accepts; // [place][byte] → the windows that accept it there, as bits
    private readonly WindowPrefilter[] _prefilters = [];

    /// <summary>Prepares a scan for patterns, which are told by their index.</summary>
    public RegexScanner(RegexAlphabet alphabet, IReadOnlyList<RegexTarget> targets)
    {
        _alphabet = alphabet;
        _targets = [.. targets];
        _everywhere = [.. Enumerable.Range(0, targets.Count).Where(target => targets[target].Windows is null)];
        _windowsFrom = new int[targets.Count + 1];
        for (int i = 0; i < targets.Count; i++)
            _windowsFrom[i + 1] = _windowsFrom[i] + (targets[i].Windows?.Rows.Count ?? 0);
        _targetOf = [.. targets.SelectMany(static (target, i) => Enumerable.Repeat(i, target.Windows?.Rows.Count ?? 0))];
        int words = (_targetOf.Length + (64 * WordsAtOnce) - 1) / (64 * WordsAtOnce) * WordsAtOnce;
        _windows = new ulong[words];
        _accepts = new ulong[Width * 256 * words];
        ByteSet[][] rows = [.. targets.SelectMany(static target => target.Windows?.Rows ?? [])];
        for (int window = 0; window < rows.Length; window++)
        {
            ulong bit = 1UL << (window & 63);
            _windows[window >> 6] |= bit;
            for (int place = 0; place < Width; place++)
            {
                for (int value = 0; value <= byte.MaxValue; value++)
                {
                    if (rows[window][place].Contains((byte)value))
                        _accepts[(((place * 256) + value) * words) + (window >> 6)] |= bit;
                }
            }
        }

        if (rows.Length > 0)
            _prefilters = WindowPrefilter.Several([.. rows.Select(static row => ByteWindow.Of(row))]);
    }

    /// <summary>How many patterns there are.</summary>
    public int Count => _targets.Length;

    /// <summary>Finds out which patterns a text has.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hits">Takes the matches.</param>
    /// <param name="first">The number of the first pattern there.</param>
    public void Scan(ReadOnlySpan<char> text, RegexHits hits, int first)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length + 1 + RegexAlphabet.Padding);
        ulong[] open = ArrayPool<ulong>.Shared.Rent(_windows.Length);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, text.Length + 1 + RegexAlphabet.Padding);
            _alphabet.Fill(text, bytes);
            _windows.CopyTo(open, 0);
            Scan(new Pass(bytes, text.Length, open, hits, first));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
            ArrayPool<ulong>.Shared.Return(open);
        }
    }

    private void Scan(in Pass pass)
    {
        ref byte first = ref MemoryMarshal.GetReference(pass.Bytes);
        for (int block = 0; block <= pass.Length && _prefilters.Length > 0; block += BlockSize)
        {
            ulong candidates = 0;
            foreach (WindowPrefilter prefilter in _prefilters)
                candidates |= prefilter.Candidates(ref Unsafe.Add(ref first, block));
            for (; candidates != 0; candidates &= candidates - 1)
                LookAt(pass, block + BitOperations.TrailingZeroCount(candidates));
        }

        foreach (int pattern in _everywhere)
        {
            pass.Begin(pattern);
            Search(pass, pattern, 1, pass.Last);
        }
    }

    // The windows that are at a place, and what they are the windows of.
    private void LookAt(in Pass pass, int at)
    {
        nuint words = (nuint)_windows.Length;
        ref ulong accepts = ref MemoryMarshal.GetArrayDataReference(_accepts);
        ref ulong open = ref MemoryMarshal.GetArrayDataReference(pass.Open);
        nuint one = pass.Bytes[at] * words;
        nuint two = (256u + pass.Bytes[at + 1]) * words;
        nuint three = (512u + pass.Bytes[at + 2]) * words;
        nuint four = (768u + pass.Bytes[at + 3]) * words;
        for (nuint word = 0; word < words; word += (nuint)WordsAtOnce)
        {
            Vector256<ulong> found = Vector256.LoadUnsafe(ref accepts, one + word) & Vector256.LoadUnsafe(ref accepts, two + word)
                & Vector256.LoadUnsafe(ref accepts, three + word) & Vector256.LoadUnsafe(ref accepts, four + word) & Vector256.LoadUnsafe(ref open, word);
            if (found == Vector256<ulong>.Zero)
                continue;
            for (int i = 0; i < WordsAtOnce; i++)
            {
                for (ulong bits = found[i]; bits != 0; bits &= bits - 1)
                    Try(pass, at, _targetOf[(((int)word + i) * 64) + BitOperations.TrailingZeroCount(bits)]);
            }
        }
    }

    // Starts are tried from left to right, whatever windows they have, so that the first match is the leftmost.
    private void Try(in Pass pass, int window, int pattern)
    {
        RegexTarget target = _targets[pattern];
        if (!target.MayHaveWindow(pass.Bytes, window))
            return;
        pass.Begin(pattern);
        int next = pass.NextOf(pattern);
        int last = window - target.Windows!.Least;
        if (last >= next) // else it was tried, or is inside a match
            Search(pass, pattern, target.FirstStart(pass.Bytes, window, next), last);
    }

    // Takes down the matches that begin in a stretch; where it has been too much work so far, all there are.
    private void Search(in Pass pass, int pattern, int start, int last)
    {
        RegexTarget target = _targets[pattern];
        ref int next = ref pass.NextOf(pattern);
        ref int work = ref pass.WorkOf(pattern);
        bool any = !pass.WantsPlacesOf(target);
        while (true)
        {
            if (work < 0)
                last = pass.Last;
            if (start > last)
                break;
            (int from, int end) = target.Find(pass.Bytes, start, last, any, ref work);
            if (from >= 0 && !pass.Add(pattern, target, from - 1, end - from))
            {
                Close(pass, pattern);
                return;
            }

            start = from < 0 ? last + 1 : end > from ? end : end + 1;
            next = start;
        }

        next = Math.Max(next, last + 1);
    }

    private void Close(in Pass pass, int pattern)
    {
        for (int window = _windowsFrom[pattern]; window < _windowsFrom[pattern + 1]; window++)
            pass.Open[window >> 6] &= ~(1UL << (window & 63));
    }

    // One scan.
    private readonly ref struct Pass(ReadOnlySpan<byte> bytes, int length, ulong[] open, RegexHits hits, int first)
    {
        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public int Length => length;

        // The last place where a match may begin: behind the text.
        public int Last => length + 1;

        // The windows that are still of interest, as bits.
        public ulong[] Open => open;

        public ref int NextOf(int pattern) => ref hits.NextOf(first + pattern);

        public ref int WorkOf(int pattern) => ref hits.WorkOf(first + pattern);

        public bool WantsPlacesOf(RegexTarget target) => hits.WantsPlacesOf(target);

        public bool Add(int pattern, RegexTarget target, int start, int length) => hits.Add(first + pattern, target, start, length);

        public void Begin(int pattern)
        {
            if (NextOf(pattern) == 0)
                (NextOf(pattern), WorkOf(pattern)) = (1, (length * WorkPerUnit) + LeastWork);
        }
    }
}
