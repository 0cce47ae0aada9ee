using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>Flags outputs that do not match, or, told so, that match. The patterns of all rules of a set are looked for together.</summary>
internal sealed class RegexCondition(RegexValue value) : Condition
{
    private const int BudgetSpent = 1;

    /// <summary>What has been read of the pattern; null where .NET is to match it.</summary>
    public RegexNode? Node => value.Node;

    /// <summary>Whether it may be asked where the pattern matches; else only whether it does.</summary>
    public bool WantsPlaces => !value.ExpectMatch;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        try
        {
            bool matches = Node is null ? MatchesByFramework(output.Text, ref findings) : MatchesByScan(ref output, ref findings);
            return matches == value.ExpectMatch ? RuleOutcomeKind.Passed : findings.Because(0, RuleOutcomeKind.Flagged);
        }
        catch (RegexMatchTimeoutException)
        {
            findings.Finding.MatchCount = 0;
            return findings.Because(BudgetSpent, RuleOutcomeKind.Error);
        }
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) =>
        finding.Reason == BudgetSpent ? $"the pattern /{value.Regex}/ needs backtracking and took longer than {RegexValue.Budget.TotalMilliseconds} ms"
        : value.ExpectMatch ? $"does not match /{value.Regex}/"
        : $"matches /{value.Regex}/";

    private bool MatchesByScan(ref OutputText output, ref Findings findings)
    {
        ref readonly RegexHits hits = ref output.PatternHits(findings.Wanted);
        int count = output.Patterns.CountIn(hits, findings.Rule);
        if (WantsPlaces && findings.Wanted)
        {
            for (int match = 0; match < count; match++)
                findings.AddMatch(output.Patterns.PlaceIn(hits, findings.Rule, match));
        }

        return count > 0;
    }

    private bool MatchesByFramework(ReadOnlySpan<char> text, ref Findings findings)
    {
        bool matches = false;
        foreach (ValueMatch match in value.ByFramework.EnumerateMatches(text))
        {
            matches = true;
            if (value.ExpectMatch || !findings.Wanted)
                break;
            findings.AddMatch(new TextMatch(match.Index, match.Length));
            if (findings.Finding.MatchCount == Evaluation.MaxMatches)
                break;
        }

        return matches;
    }
}
