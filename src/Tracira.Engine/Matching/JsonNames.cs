using System.Numerics;

namespace Tracira;

/// <summary>Names of members, which are found by their length and three of their units.</summary>
internal sealed class JsonNames
{
    private readonly string[] _names;
    private readonly int[] _slots; // hash → one more than the index of a name, 0 where none
    private readonly int _mask;
    private readonly ulong _lengths; // a bit for each length that a name has, the highest for all from 63 on

    /// <param name="names">The names, each once.</param>
    public JsonNames(IReadOnlyList<string> names)
    {
        _names = [.. names];
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)(2 * _names.Length) + 2)];
        _mask = _slots.Length - 1;
        for (int i = 0; i < _names.Length; i++)
        {
            int slot = Hash(_names[i]) & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = i + 1;
            _lengths |= LengthBit(_names[i].Length);
        }
    }

    /// <summary>How many names there are.</summary>
    public int Count => _names.Length;

    /// <summary>The index of a name; -1 where it is not among them.</summary>
    /// <param name="name">The name.</param>
    /// <param name="likely">The index that it probably has, as members often come in the order in which rules were written; any will do.</param>
    public int IndexOf(ReadOnlySpan<char> name, int likely)
    {
        if ((uint)likely < (uint)_names.Length && name.SequenceEqual(_names[likely]))
            return likely;
        if ((_lengths & LengthBit(name.Length)) == 0)
            return -1;
        for (int slot = Hash(name) & _mask; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            int index = _slots[slot] - 1;
            if (name.SequenceEqual(_names[index]))
                return index;
        }

        return -1;
    }

    private static ulong LengthBit(int length) => 1UL << Math.Min(length, 63);

    private static int Hash(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return 0;
        uint hash = (uint)name.Length + (name[0] * 0x9E3779B1) + (name[name.Length / 2] * 0x85EBCA6B) + (name[^1] * 0xC2B2AE35);
        return (int)(hash ^ (hash >> 15));
    }
}
