using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>Flags outputs that do not match, or, told so, that match.</summary>
internal sealed class RegexCondition(RegexValue value) : Condition
{
    private const int BudgetSpent = 1;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        try
        {
            bool matches = false;
            foreach (ValueMatch match in value.Regex.EnumerateMatches(output.Text))
            {
                matches = true;
                if (value.ExpectMatch || !findings.Wanted)
                    break;
                findings.AddMatch(new TextMatch(match.Index, match.Length));
                if (findings.Finding.MatchCount == Evaluation.MaxMatches)
                    break;
            }

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
}
