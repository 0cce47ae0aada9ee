using System.Runtime.InteropServices;

namespace Tracira;

/// <summary>Makes a deterministic automaton of a <see cref="RegexProgram"/>.</summary>
internal sealed class RegexAutomatonBuilder
{
    // What is larger is slower than what it replaces: it fits no cache, and takes longer to make than to do without.
    private const int MaxEntries = 32_768;
    private const int MaxWork = 400_000;

    private readonly RegexState[] _states;
    private readonly byte[] _classes = new byte[256];
    private readonly byte[] _kinds = new byte[256];
    private readonly List<byte> _members = []; // class → one of its bytes
    private readonly List<byte> _before = []; // kind → one of its bytes
    private readonly Dictionary<Row, int> _rows = [];
    private readonly List<Row> _order = [];
    private readonly bool[] _looks; // state → whether it may ask for the byte before
    private readonly int[] _visited;
    private readonly int[] _taken;
    private readonly Stack<int> _open = new();
    private readonly List<int> _targets = [];
    private int _round;
    private int _work;

    private RegexAutomatonBuilder(RegexProgram program)
    {
        _states = program.States;
        _visited = new int[_states.Length];
        _taken = new int[_states.Length];
        Divide(_classes, _members, _states.Where(static state => state.Kind is RegexStateKind.Take or RegexStateKind.Look).Select(static state => state.Set)
            .Concat(_states.Where(static state => state.Kind == RegexStateKind.Look).Select(static state => state.Before)));
        Divide(_kinds, _before, _states.Where(static state => state.Kind == RegexStateKind.Look).Select(static state => state.Before));
        _looks = new bool[_states.Length];
        // States lead to lower numbers, except in loops, so that one round or two do.
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < _states.Length; i++)
            {
                ref readonly RegexState state = ref _states[i];
                bool looks = state.Kind == RegexStateKind.Look || (state.Kind == RegexStateKind.Fork && (_looks[state.Next] || _looks[state.Other]));
                changed |= looks != _looks[i];
                _looks[i] = looks;
            }
        }
    }

    /// <summary>The automaton of a program; null where it would be too large.</summary>
    public static RegexAutomaton? Build(RegexProgram program) => new RegexAutomatonBuilder(program).Build(program.Whole.Entry);

    private RegexAutomaton? Build(int entry)
    {
        RowOf([], 0); // the dead end
        int[] starts = [.. _before.Select((_, kind) => RowOf([entry], kind))];
        List<int> next = [];
        for (int row = 0; row < _order.Count; row++)
        {
            for (int column = 0; column < _members.Count; column++)
            {
                bool matched = Step(_order[row], _members[column]);
                next.Add((RowOf(CollectionsMarshal.AsSpan(_targets), _kinds[_members[column]]) * _members.Count * 2) + (matched ? 1 : 0));
            }

            if (_order.Count * _members.Count > MaxEntries || _work > MaxWork)
                return null;
        }

        return new RegexAutomaton(_classes, _kinds, [.. starts.Select(row => row * _members.Count)], [.. next]);
    }

    // Follows everything that takes no byte, in order of preference, and takes the byte; says whether a match ends before it.
    private bool Step(Row row, byte value)
    {
        _targets.Clear();
        _round++;
        byte before = _before[row.Kind];
        foreach (int first in row.States)
        {
            _open.Push(first);
            while (_open.TryPop(out int at))
            {
                _work++;
                if (_visited[at] == _round)
                    continue;
                _visited[at] = _round;
                ref readonly RegexState state = ref _states[at];
                switch (state.Kind)
                {
                    case RegexStateKind.Match:
                        _open.Clear();
                        return true;
                    case RegexStateKind.Fork:
                        _open.Push(state.Other);
                        _open.Push(state.Next);
                        break;
                    case RegexStateKind.Look when state.Before.Contains(before) && state.Set.Contains(value):
                        _open.Push(state.Next);
                        break;
                    case RegexStateKind.Take when state.Set.Contains(value) && _taken[state.Next] != _round:
                        _taken[state.Next] = _round;
                        _targets.Add(state.Next);
                        break;
                }
            }
        }

        return false;
    }

    private int RowOf(ReadOnlySpan<int> states, int kind)
    {
        bool looks = false;
        foreach (int state in states)
            looks |= _looks[state];
        var row = new Row(states.ToArray(), looks ? kind : 0);
        if (_rows.TryGetValue(row, out int number))
            return number;
        _rows.Add(row, number = _order.Count);
        _order.Add(row);
        return number;
    }

    // Bytes that no set tells apart are of one class.
    private static void Divide(byte[] classes, List<byte> members, IEnumerable<ByteSet> sets)
    {
        // Each class twice, for bytes inside a set and outside; numbers are made small again at once.
        Span<short> renamed = stackalloc short[512];
        foreach (ByteSet set in sets.Distinct())
        {
            renamed.Fill(-1);
            short count = 0;
            for (int value = 0; value < 256; value++)
            {
                ref short name = ref renamed[(classes[value] * 2) + (set.Contains((byte)value) ? 1 : 0)];
                if (name < 0)
                    name = count++;
                classes[value] = (byte)name;
            }
        }

        for (int value = 0; value < 256; value++)
        {
            if (classes[value] == members.Count)
                members.Add((byte)value);
        }
    }

    private readonly struct Row(int[] states, int kind) : IEquatable<Row>
    {
        public int[] States => states;

        public int Kind => kind;

        public bool Equals(Row other) => kind == other.Kind && states.AsSpan().SequenceEqual(other.States);

        public override bool Equals(object? obj) => obj is Row other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(states.AsSpan()));
            return HashCode.Combine(hash.ToHashCode(), kind);
        }
    }
}
