using System.Runtime.CompilerServices;

namespace Tracira.Engine.Tests.Reference;

/// <summary>
/// What a pattern matches, by definition: from the leftmost place from which it matches at all, and from there in the way that comes first
/// when the ways of a choice are tried in order, and a loop's body before leaving it, unless the loop is lazy. Tries one way after the other.
/// </summary>
internal sealed class ReferencePattern(RegexNode pattern, string text)
{
    private const int MaxSteps = 300_000;
    private int _steps;

    /// <summary>The matches from left to right; null where that takes too long.</summary>
    public List<TextMatch>? Matches(int count)
    {
        List<TextMatch> matches = [];
        for (int from = 0; from <= text.Length && matches.Count < count;)
        {
            int end = -1;
            if (Match(pattern, from, at => (end = at) >= 0))
                matches.Add(new TextMatch(from, end - from));
            if (_steps >= MaxSteps)
                return null;
            from = Math.Max(from + 1, end);
        }

        return matches;
    }

    private bool Match(RegexNode node, int at, Func<int, bool> then) => MayGoOn() && node switch
    {
        RegexNode.Set set => at < text.Length && set.Chars.Contains(text[at]) && then(at + 1),
        RegexNode.Look look => Holds(look.Kind, at) && then(at),
        RegexNode.Sequence sequence => MatchFrom(sequence.Parts, 0, at, then),
        RegexNode.Choice choice => choice.Ways.Any(way => Match(way, at, then)),
        RegexNode.Loop loop => Repeat(loop, 0, at, then),
        _ => throw new ArgumentException("is not a node", nameof(node)),
    };

    private bool MatchFrom(IReadOnlyList<RegexNode> parts, int part, int at, Func<int, bool> then) =>
        part == parts.Count ? then(at) : Match(parts[part], at, next => MatchFrom(parts, part + 1, next, then));

    private bool Repeat(RegexNode.Loop loop, int rounds, int at, Func<int, bool> then)
    {
        if (rounds < loop.Least)
            return Match(loop.Body, at, next => Repeat(loop, rounds + 1, next, then));
        return loop.IsLazy ? then(at) || Again() : Again() || then(at);

        bool Again() => rounds != loop.Most && Match(loop.Body, at, next => next > at && Repeat(loop, rounds + 1, next, then));
    }

    private bool MayGoOn()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            _steps = MaxSteps;
        return _steps++ < MaxSteps;
    }

    private bool Holds(LookKind kind, int at) => kind switch
    {
        LookKind.Start => at == 0,
        LookKind.LineStart => at == 0 || text[at - 1] == '\n',
        LookKind.End => at == text.Length,
        LookKind.EndOrLastLineFeed => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        LookKind.LineEnd => at == text.Length || text[at] == '\n',
        LookKind.Boundary => IsWord(at - 1) != IsWord(at),
        _ => IsWord(at - 1) == IsWord(at),
    };

    private bool IsWord(int at) => at >= 0 && at < text.Length && CharCategories.BoundaryWords.Contains(text[at]);
}
