using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Compares the engine with the reference.</summary>
internal static class Agreement
{
    // A pattern with a budget may spend it waiting for a processor that other tests keep busy.
    private const int Attempts = 5;

    /// <summary>The time of every evaluation.</summary>
    public static readonly DateTimeOffset Now = new(2026, 1, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How the engine and the reference differ over a case; null where they do not.</summary>
    public static string? Difference(Case whole)
    {
        RuleSet rules = Compile(whole.Rules);
        Func<Input, ReferenceOutcome>[] references = References(whole.Rules);
        var evaluation = new Evaluation(); // one for all inputs, as the pipeline has it
        return whole.Inputs.Select(input => Difference(rules, references, input, evaluation)).FirstOrDefault(static difference => difference is not null);
    }

    /// <summary>The smallest part of a case that still differs, and how.</summary>
    public static string Explain(Case whole)
    {
        Case smallest = Smallest.Of(whole, static part => part.Rules.All(static rule => RuleSet.Check(rule) is null) && Difference(part) is not null);
        return $"{Difference(smallest)}{smallest}";
    }

    /// <summary>Rules compiled with the clock that the reference goes by.</summary>
    public static RuleSet Compile(IEnumerable<Rule> rules) => RuleSet.Compile(rules, new StoppedClock());

    /// <summary>The reference of each rule.</summary>
    public static Func<Input, ReferenceOutcome>[] References(IEnumerable<Rule> rules) => [.. rules.Select(static rule => ReferenceEvaluator.Of(rule, Now))];

    /// <summary>How the engine and the reference differ over one input; null where they do not.</summary>
    public static string? Difference(RuleSet rules, Func<Input, ReferenceOutcome>[] references, Input input, Evaluation evaluation)
    {
        string? difference = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            difference = DifferenceAtOnce(rules, references, input, evaluation);
            if (difference is null || !difference.Contains(nameof(RuleOutcomeKind.Error), StringComparison.Ordinal))
                break;
        }

        return difference;
    }

    private static string? DifferenceAtOnce(RuleSet rules, Func<Input, ReferenceOutcome>[] references, Input input, Evaluation evaluation)
    {
        Verdict verdict = rules.Evaluate(input.Output, input.Confidence, evaluation, input.Action);
        int flagged = 0;
        int errors = 0;
        for (int i = 0; i < rules.Rules.Count; i++)
        {
            ReferenceOutcome expected = references[i](input);
            var actual = ReferenceOutcome.Of(evaluation, evaluation.Outcomes[i]);
            if (!actual.Equals(expected))
                return $"Rule {i} should have said: {expected}. It said: {actual}.";
            flagged += expected.Kind == RuleOutcomeKind.Flagged ? 1 : 0;
            errors += expected.Kind == RuleOutcomeKind.Error ? 1 : 0;
        }

        if (verdict.Flagged != flagged || verdict.Errors != errors || verdict.Undecided != 0)
            return $"The verdict {verdict} does not add up to {flagged} flagged and {errors} errors.";
        if (input.Action.Length == 0 && rules.Evaluate(input.Output, input.Confidence) is var alone && alone != verdict)
            return $"Without outcomes the verdict is {alone}, with them {verdict}; one may be an Error.";
        return null;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
