namespace Tracira;

/// <summary>What a judge rule asks.</summary>
/// <param name="Instruction">What to judge by, in plain words; 1 to 10,000 characters.</param>
/// <param name="Threshold">How sure a judge must be of a failure for the rule to be triggered, 0 to 1.</param>
/// <param name="IncludeInput">Whether the judge sees the input beside the output.</param>
public sealed record JudgeInstruction(string Instruction, double Threshold, bool IncludeInput)
{
    private const int MaxInstruction = 10_000;

    /// <summary>Reads the value of an <see cref="RuleType.LlmJudge"/> rule.</summary>
    /// <exception cref="RuleException">The value does not fit.</exception>
    public static JudgeInstruction Of(Rule rule)
    {
        try
        {
            return Parse(rule.Value);
        }
        catch (RuleValueException exception)
        {
            throw new RuleException([new RuleFault(rule, exception.Message)]);
        }
    }

    internal static JudgeInstruction Parse(string value)
    {
        LongForm? form = LongForm.Read(value, "instruction", "threshold", "includeInput");
        string instruction = (form is null ? value : form.Required("instruction")).Trim();
        if (instruction.Length is 0 or > MaxInstruction)
            throw new RuleValueException($"must be an instruction of 1 to {MaxInstruction:N0} characters");
        double threshold = form?.Number("threshold") ?? 0.5;
        if (threshold is not (>= 0 and <= 1))
            throw new RuleValueException("threshold must be between 0 and 1");
        return new JudgeInstruction(instruction, threshold, form is null || !form.Has("includeInput") || form.Flag("includeInput"));
    }
}
