namespace Tracira.Engine.Tests;

/// <summary>Runs one rule over one output.</summary>
internal static class Judge
{
    public static (RuleOutcomeKind Outcome, string? Reason, (int, int)[] Matches) By(
        RuleType type, string value, string output, double? confidence = null, TimeProvider? time = null)
    {
        RuleSet rules = RuleSet.Compile([new Rule("rule", type, value)], time ?? TimeProvider.System);
        var evaluation = new Evaluation();
        Verdict verdict = rules.Evaluate(output, confidence, evaluation);
        if (rules.Evaluate(output, confidence) != verdict)
            throw new InvalidOperationException("The verdict depends on whether outcomes are asked for.");
        RuleOutcome outcome = evaluation.Outcomes[0];
        return (outcome.Kind, evaluation.ReasonOf(outcome), [.. evaluation.MatchesOf(outcome).ToArray().Select(static match => (match.Start, match.Length))]);
    }

    public static bool Flags(RuleType type, string value, string output, double? confidence = null) =>
        By(type, value, output, confidence).Outcome == RuleOutcomeKind.Flagged;
}
