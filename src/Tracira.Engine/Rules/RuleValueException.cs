namespace Tracira;

/// <summary>Says what is wrong with a rule's value. Never leaves the engine: it becomes a <see cref="RuleFault"/>.</summary>
internal sealed class RuleValueException(string message) : Exception(message);
