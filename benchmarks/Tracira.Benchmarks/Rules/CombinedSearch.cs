using System.Buffers;

namespace Tracira.Benchmarks;

/// <summary>All keywords of all rules in one <see cref="SearchValues{T}"/>: finds every place, and looks up which keywords are there.</summary>
internal sealed class CombinedSearch : Contender
{
    private readonly RuleRow _row;
    private readonly SearchValues<string> _any;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ruleOf;
    private readonly int[] _lengths;
    private readonly int[] _seen;
    private int _turn;

    public CombinedSearch(RuleRow row)
    {
        _row = row;
        string[] all = [.. row.Keywords.SelectMany(static keywords => keywords)];
        _any = SearchValues.Create(all, StringComparison.OrdinalIgnoreCase);
        var ruleOf = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int rule = 0; rule < row.Keywords.Count; rule++)
        {
            foreach (string keyword in row.Keywords[rule])
                ruleOf[keyword] = rule;
        }

        _ruleOf = ruleOf.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. all.Select(static keyword => keyword.Length).Distinct().Order()];
        _seen = new int[row.Rules.Count];
    }

    public override int Count(int text)
    {
        _turn++;
        int count = 0;
        ReadOnlySpan<char> rest = _row.Texts[text];
        for (int at = rest.IndexOfAny(_any); at >= 0; at = rest.IndexOfAny(_any))
        {
            rest = rest[at..];
            foreach (int length in _lengths)
            {
                if (length > rest.Length)
                    break;
                if (_ruleOf.TryGetValue(rest[..length], out int rule) && _seen[rule] != _turn)
                {
                    _seen[rule] = _turn;
                    count++;
                }
            }

            rest = rest[1..];
        }

        return count;
    }
}
