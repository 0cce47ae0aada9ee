using System.Buffers;

namespace Tracira;

/// <summary>Which keywords an output has, in rented memory.</summary>
internal struct KeywordHits : ISeenLiterals
{
    private readonly KeywordIndex _index;
    private readonly bool _wantsAll;
    private readonly int[] _counts; // rule → how many of its literals have been seen; behind them a bit for each literal
    private int _incomplete;

    /// <param name="index">The keywords.</param>
    /// <param name="wantsAll">Whether all keywords are to be found, or only enough to know which rules have theirs.</param>
    public KeywordHits(KeywordIndex index, bool wantsAll)
    {
        _index = index;
        _wantsAll = wantsAll;
        _incomplete = index.ListCount;
        int size = index.RuleCount + ((index.LiteralCount + 31) / 32);
        _counts = ArrayPool<int>.Shared.Rent(size);
        _counts.AsSpan(0, size).Clear();
    }

    /// <summary>Whether memory was rented.</summary>
    public readonly bool IsMade => _counts is not null;

    /// <summary>Whether anything that could be seen yet would matter.</summary>
    public readonly bool WantsMore => _wantsAll || _incomplete > 0;

    /// <summary>Whether enough keywords of a rule have been seen.</summary>
    public readonly bool IsComplete(int rule) => _counts[rule] >= _index.NeededOf(rule);

    /// <summary>Whether a keyword of a rule has been seen.</summary>
    public readonly bool HasKeyword(int rule, int keyword) => Has(_index.LiteralOf(rule, keyword));

    public readonly bool Has(int literal) => (_counts[_index.RuleCount + (literal >> 5)] >> (literal & 31) & 1) != 0;

    public bool Add(int literal)
    {
        _counts[_index.RuleCount + (literal >> 5)] |= 1 << (literal & 31);
        foreach (int rule in _index.RulesOf(literal))
        {
            if (++_counts[rule] == _index.NeededOf(rule))
                _incomplete--;
        }

        return WantsMore;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose()
    {
        if (_counts is not null)
            ArrayPool<int>.Shared.Return(_counts);
    }
}
