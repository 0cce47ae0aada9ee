namespace Tracira;

/// <summary>Leaves the decision to a judge.</summary>
internal sealed class JudgeCondition(JudgeInstruction instruction) : Condition
{
    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings) => RuleOutcomeKind.Undecided;

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => $"not judged yet: {instruction.Instruction}";
}
