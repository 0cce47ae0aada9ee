using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>
/// Matches a <see cref="RegexProgram"/> from all starts of a stretch at once, in one pass over the text: Thompson's way of it, with threads
/// in order of preference as Pike has them. Slower for each byte than a <see cref="RegexAutomaton"/>, but there is one for every program,
/// and no text takes longer than its length times the program's states.
/// </summary>
internal static class RegexSimulation
{
    private const int Arrays = 8; // of so many numbers as there are states, and one

    /// <summary>Finds the match that .NET would find first among those that begin in a stretch.</summary>
    /// <param name="program">The pattern.</param>
    /// <param name="map">The text's bytes → the program's.</param>
    /// <param name="bytes">The bytes of a text, as <see cref="RegexAlphabet.Fill"/> leaves them.</param>
    /// <param name="from">The first place where it may begin, after the first byte.</param>
    /// <param name="last">The last one.</param>
    /// <param name="any">Whether any match will do.</param>
    /// <param name="work">Made less by the number of steps.</param>
    /// <returns>Where it begins and ends; a beginning below zero where there is none.</returns>
    public static (int Start, int End) Find(
        RegexProgram program, ReadOnlySpan<byte> map, ReadOnlySpan<byte> bytes, int from, int last, bool any, ref int work)
    {
        int size = program.States.Length + 1;
        int[] rented = ArrayPool<int>.Shared.Rent(size * Arrays);
        try
        {
            rented.AsSpan(0, size * Arrays).Clear();
            var threads = new Threads(program, rented, size);
            (int Start, int End) found = (-1, -1);
            for (int at = from; ; at++)
            {
                work -= threads.Count + 1;
                bool seeds = found.Start < 0 && at <= last;
                if (threads.Step(map[bytes[at - 1]], map[bytes[at]], at, seeds) is >= 0 and var start)
                {
                    found = (start, at);
                    if (any)
                        return found;
                }

                // What is outside the text is taken by no state, so this ends behind it at the latest.
                if (threads.Count == 0 && (found.Start >= 0 || at >= last))
                    return found;
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    private ref struct Threads(RegexProgram program, int[] memory, int size)
    {
        private readonly ReadOnlySpan<RegexState> _states = program.States;
        private readonly Span<int> _visited = memory.AsSpan(0, size); // state → the last place where it was
        private readonly Span<int> _taken = memory.AsSpan(size, size);
        private readonly Span<int> _open = memory.AsSpan(size * 2, size * 2);
        private Span<(int State, int Start)> _now = Pairs(memory, size * 4, size);
        private Span<(int State, int Start)> _next = Pairs(memory, size * 6, size);

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        // Takes a byte, and tells where the match begins that ends before it; threads less preferred than that one are gone.
        public int Step(byte before, byte value, int at, bool seeds)
        {
            int taken = 0;
            int matched = -1;
            for (int thread = 0; thread < Count + (seeds ? 1 : 0) && matched < 0; thread++)
            {
                (int first, int start) = thread < Count ? _now[thread] : (program.Whole.Entry, at);
                if (Follow(first, start, before, value, at, ref taken))
                    matched = start;
            }

            Count = taken;
            Span<(int, int)> done = _now;
            _now = _next;
            _next = done;
            return matched;
        }

        private readonly bool Follow(int first, int start, byte before, byte value, int at, ref int taken)
        {
            int open = 0;
            _open[open++] = first;
            while (open > 0)
            {
                int number = _open[--open];
                if (_visited[number] == at)
                    continue;
                _visited[number] = at;
                ref readonly RegexState state = ref _states[number];
                switch (state.Kind)
                {
                    case RegexStateKind.Match:
                        return true;
                    case RegexStateKind.Fork:
                        _open[open++] = state.Other;
                        _open[open++] = state.Next;
                        break;
                    case RegexStateKind.Look when state.Before.Contains(before) && state.Set.Contains(value):
                        _open[open++] = state.Next;
                        break;
                    case RegexStateKind.Take when state.Set.Contains(value) && _taken[state.Next] != at:
                        _taken[state.Next] = at;
                        _next[taken++] = (state.Next, start);
                        break;
                }
            }

            return false;
        }

        private static Span<(int State, int Start)> Pairs(int[] memory, int from, int count) =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<int, (int, int)>(ref memory[from]), count);
    }
}
