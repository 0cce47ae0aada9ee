using System.Runtime.CompilerServices;

namespace Tracira;

/// <summary>Turns rule outcomes into a log's status, confidence and explanation.</summary>
internal static class LogVerdict
{
    // Most rules pass most of the time and have nothing more to say, so what they say is made once.
    private static readonly ConditionalWeakTable<RuleSet, AppliedRule[]> Passed = [];

    /// <summary>The log with its rules applied: finished, or pending where a judge has still to speak.</summary>
    public static Log Conclude(Log log, IReadOnlyList<AppliedRule> applied)
    {
        if (applied.Any(static rule => rule.Outcome == RuleOutcomeKind.Undecided))
            return log with { Status = LogStatus.Pending, AppliedRules = applied };

        LogStatus status =
            log.RequireApproval ? LogStatus.Flagged
            : applied.Any(static rule => rule.Outcome == RuleOutcomeKind.Flagged) ? LogStatus.Flagged
            : applied.Any(static rule => rule.Outcome == RuleOutcomeKind.Error) ? LogStatus.Error
            : LogStatus.Pass;
        return log with
        {
            Status = status,
            AppliedRules = applied,
            ConfidenceScore = applied.Min(static rule => rule.Confidence) ?? 1,
            Explanation = log.RequireApproval ? ExplainApproval(applied) : Explain(status, applied),
        };
    }

    /// <summary>Copies outcomes out of the buffer they were evaluated into. The array may be shared: it is not to be written to.</summary>
    public static IReadOnlyList<AppliedRule> Collect(RuleSet rules, Evaluation evaluation)
    {
        AppliedRule[] passed = Passed.GetValue(
            rules, static rules => [.. rules.Rules.Select(static rule => new AppliedRule(rule, RuleOutcomeKind.Passed))]);
        AppliedRule[] applied = passed;
        for (int i = 0; i < passed.Length; i++)
        {
            ref readonly RuleOutcome outcome = ref evaluation.Outcomes[i];
            ReadOnlySpan<TextMatch> matches = evaluation.MatchesOf(outcome);
            if (outcome.Kind == RuleOutcomeKind.Passed && matches.IsEmpty)
                continue;
            if (applied == passed)
                applied = [.. passed];
            applied[i] = new AppliedRule(outcome.Rule, outcome.Kind)
            {
                Reason = evaluation.ReasonOf(outcome),
                Matches = matches.IsEmpty ? [] : matches.ToArray(),
            };
        }

        return applied;
    }

    private static string ExplainApproval(IReadOnlyList<AppliedRule> applied)
    {
        const string Needed = "approval required";
        string flags = Reasons(RuleOutcomeKind.Flagged, applied);
        return flags.Length == 0 ? Needed : $"{Needed}; {flags}";
    }

    private static string Explain(LogStatus status, IReadOnlyList<AppliedRule> applied)
    {
        if (applied.Count == 0)
            return "No rule applies.";
        if (status == LogStatus.Pass)
            return applied.Count == 1 ? "The one rule passed." : $"All {applied.Count} rules passed.";

        return Reasons(status == LogStatus.Flagged ? RuleOutcomeKind.Flagged : RuleOutcomeKind.Error, applied);
    }

    private static string Reasons(RuleOutcomeKind cause, IReadOnlyList<AppliedRule> applied) =>
        string.Join("; ", applied.Where(rule => rule.Outcome == cause).Select(static rule => $"{rule.Rule.Name}: {rule.Reason}"));
}
