using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Tracira.Storage.LiteDB;

/// <summary>Every revision of every rule that was ever saved or applied, by number.</summary>
internal sealed class RuleRevisions
{
    private readonly ConcurrentDictionary<int, Rule> _byNumber = new();
    private readonly ConcurrentDictionary<Rule, int> _numbers = new(RuleComparer.Instance);
    private readonly ConcurrentDictionary<string, (int First, Rule Last)> _byId = new();
    private readonly ConditionalWeakTable<Rule, StrongBox<int>> _numbersOfObjects = [];

    /// <summary>How many there are.</summary>
    public int Count => _byNumber.Count;

    /// <summary>The revision of a number.</summary>
    public Rule this[int number] => _byNumber[number];

    /// <summary>The number of a revision, or -1.</summary>
    public int NumberOf(Rule rule)
    {
        // The rules of one log are those of the next, and an object is found faster than the strings in it.
        if (_numbersOfObjects.TryGetValue(rule, out StrongBox<int>? known))
            return known.Value;
        if (!_numbers.TryGetValue(rule, out int number))
            return -1;
        _numbersOfObjects.AddOrUpdate(rule, new StrongBox<int>(number));
        return number;
    }

    /// <summary>Adds a revision under the next number.</summary>
    public void Add(Rule rule)
    {
        int number = Count;
        _byNumber[number] = rule;
        _byId[rule.Id] = _byId.TryGetValue(rule.Id, out (int First, Rule Last) known)
            ? (known.First, rule.Revision >= known.Last.Revision ? rule : known.Last)
            : (number, rule);
        _numbers[rule] = number;
    }

    /// <summary>The last known revision of a rule, by the rule's number.</summary>
    public Rule LastOf(int rule) => _byId[_byNumber[rule].Id].Last;

    /// <summary>
    /// The rules that a flagged log counts for, by number. A rule's number is that of the first of its revisions; all of the log's must be known.
    /// </summary>
    public int[] ThatFlagged(Log log) => log.Status != LogStatus.Flagged ? [] :
    [
        .. log.AppliedRules
            .Where(static applied => applied.Outcome == RuleOutcomeKind.Flagged)
            .Take(RuleCounter.MaxRulesOfLog)
            .Select(applied => _byId[applied.Rule.Id].First),
    ];

    // Rules are records: equal where every field is. A log's rules are mostly the very objects that are in here, and a hash over id,
    // revision and name is enough to tell the others apart.
    private sealed class RuleComparer : IEqualityComparer<Rule>
    {
        public static readonly RuleComparer Instance = new();

        public bool Equals(Rule? x, Rule? y) => ReferenceEquals(x, y) || (x is not null && x.Equals(y));

        public int GetHashCode(Rule rule) => HashCode.Combine(rule.Id, rule.Revision, rule.Name);
    }
}
