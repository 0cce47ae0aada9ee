namespace Tracira;

/// <summary>Thrown when rules cannot be compiled. Names every bad rule at once, with the fault of each.</summary>
public sealed class RuleException : Exception
{
    /// <summary>Creates the exception from the faults found.</summary>
    public RuleException(IReadOnlyList<RuleFault> faults)
        : base(string.Join(Environment.NewLine, faults.Select(static fault => $"Rule \"{fault.Rule.Name}\": {fault.Message}"))) => Faults = faults;

    /// <summary>One entry for each rule that does not compile, in rule order.</summary>
    public IReadOnlyList<RuleFault> Faults { get; }
}
