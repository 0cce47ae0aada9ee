namespace Tracira;

/// <summary>A rule whose value does not fit its type.</summary>
/// <param name="Rule">The rule at fault.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence for the rule's author.</param>
public sealed record RuleFault(Rule Rule, string Message);
