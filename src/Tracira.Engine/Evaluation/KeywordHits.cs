using System.Buffers;

namespace Tracira;

/// <summary>Which keywords an output has, in rented memory.</summary>
internal struct KeywordHits : ISeenLiterals
{
    private readonly KeywordIndex _index;
    private readonly bool _wantsAll;
    private readonly int[] _counts; // list → how many of its literals have been seen; behind them a bit for each literal
    private int _incomplete;

    /// <param name="index">The keywords.</param>
    /// <param name="wantsAll">Whether all keywords are to be found, or only enough to know which lists are complete.</param>
    public KeywordHits(KeywordIndex index, bool wantsAll)
    {
        _index = index;
        _wantsAll = wantsAll;
        _incomplete = index.ListCount;
        int size = index.ListCount + ((index.LiteralCount + 31) / 32);
        _counts = ArrayPool<int>.Shared.Rent(size);
        _counts.AsSpan(0, size).Clear();
    }

    /// <summary>Whether memory was rented.</summary>
    public readonly bool IsMade => _counts is not null;

    /// <summary>Whether enough keywords of a list have been seen.</summary>
    public readonly bool IsComplete(int list) => _counts[list] >= _index.NeededOf(list);

    /// <summary>Whether a keyword of a list has been seen.</summary>
    public readonly bool HasKeyword(int list, int keyword) => Has(_index.LiteralOf(list, keyword));

    public readonly bool Has(int literal) => (_counts[_index.ListCount + (literal >> 5)] >> (literal & 31) & 1) != 0;

    public bool Add(int literal)
    {
        _counts[_index.ListCount + (literal >> 5)] |= 1 << (literal & 31);
        foreach (int list in _index.ListsOf(literal))
        {
            if (++_counts[list] == _index.NeededOf(list))
                _incomplete--;
        }

        return _wantsAll || _incomplete > 0;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose()
    {
        if (_counts is not null)
            ArrayPool<int>.Shared.Return(_counts);
    }
}
