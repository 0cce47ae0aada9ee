using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>
/// A pattern as a deterministic automaton that starts at a given place and tells where .NET's match from there ends: a lookup for each byte.
/// A state is a list of the <see cref="RegexProgram"/>'s states in order of preference, so that with the first that has matched all less
/// preferred ones are gone. Since anchors ask for the byte behind a place, a match is noticed one byte late. Immutable.
/// </summary>
internal sealed class RegexAutomaton
{
    private readonly byte[] _classes; // byte → its column
    private readonly byte[] _kinds; // byte → what it is to a look behind it
    private readonly int[] _starts; // kind of the byte before → where the row of the first state begins
    private readonly int[] _next; // [state][column] → where the row of the next state begins, times two, and one where a match ends before the byte

    internal RegexAutomaton(byte[] classes, byte[] kinds, int[] starts, int[] next)
    {
        _classes = classes;
        _kinds = kinds;
        _starts = starts;
        _next = next;
    }

    /// <summary>The same over other bytes.</summary>
    /// <param name="map">The other bytes → those of this automaton.</param>
    public RegexAutomaton Over(byte[] map) => map == RegexAlphabet.Same ? this :
        new(Array.ConvertAll(map, value => _classes[value]), Array.ConvertAll(map, value => _kinds[value]), _starts, _next);

    /// <summary>The bytes that a match may begin with, or that may be behind one that takes none.</summary>
    public ByteSet Begins()
    {
        ByteSet begins = default;
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            if (Array.Exists(_starts, start => _next[start + _classes[value]] != 0))
                begins |= ByteSet.Of((byte)value);
        }

        return begins;
    }

    /// <summary>Where the match that begins at a place ends; -1 where none begins there.</summary>
    /// <param name="bytes">The bytes of a text, as <see cref="RegexAlphabet.Fill"/> leaves them.</param>
    /// <param name="start">The place, after the first byte.</param>
    /// <param name="any">Whether any end will do.</param>
    /// <param name="work">Made less by the number of bytes looked at.</param>
    public int EndOf(ref byte bytes, int start, bool any, ref int work)
    {
        ref byte classes = ref MemoryMarshal.GetArrayDataReference(_classes);
        ref int next = ref MemoryMarshal.GetArrayDataReference(_next);
        int state = _starts[_kinds[Unsafe.Add(ref bytes, start - 1)]];
        int end = -1;
        int at = start;
        for (; state != 0; at++)
        {
            // What is outside the text is taken by no state, so this ends behind it at the latest.
            int entry = Unsafe.Add(ref next, state + Unsafe.Add(ref classes, Unsafe.Add(ref bytes, at)));
            state = entry >> 1;
            if ((entry & 1) == 0)
                continue;
            end = at;
            if (any)
                break;
        }

        work -= at - start;
        return end;
    }
}
