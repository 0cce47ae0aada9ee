namespace Tracira;

/// <summary>Rules compiled for evaluation. Immutable and safe to use from any number of threads at once.</summary>
public sealed class RuleSet
{
    private RuleSet(IReadOnlyList<Rule> rules) => Rules = rules;

    /// <summary>A set without rules: every output passes.</summary>
    public static RuleSet Empty { get; } = new([]);

    /// <summary>The rules, in the order they were given.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Whether a rule of the set needs a judge, so that <see cref="Evaluate(ReadOnlySpan{char})"/> alone cannot pass an output.</summary>
    public bool HasJudges => false;

    /// <summary>Compiles rules. Scope and <see cref="Rule.IsActive"/> are the caller's business: every rule given is applied.</summary>
    /// <exception cref="RuleException">At least one rule's value does not fit its type; all of them are listed.</exception>
    public static RuleSet Compile(IEnumerable<Rule> rules) => new([.. rules]);

    /// <summary>Checks a rule as <see cref="Compile"/> would.</summary>
    /// <returns>What is wrong with the rule, or null where nothing is.</returns>
    public static RuleFault? Check(Rule rule) => throw new InvalidOperationException(rule.Name);

    /// <summary>Evaluates an output that came without a confidence. Allocates nothing.</summary>
    public Verdict Evaluate(ReadOnlySpan<char> output) => Evaluate(output, confidence: null);

    /// <summary>Evaluates an output. Allocates nothing.</summary>
    /// <param name="output">The text to check; may hold lone surrogates and NULs.</param>
    /// <param name="confidence">The model's own confidence, 0 to 1, where it is known.</param>
    public Verdict Evaluate(ReadOnlySpan<char> output, double? confidence) => throw new InvalidOperationException();

    /// <summary>Evaluates an output and keeps each rule's outcome. Allocates nothing once <paramref name="evaluation"/> has grown to the set.</summary>
    /// <param name="output">The text to check; may hold lone surrogates and NULs.</param>
    /// <param name="confidence">The model's own confidence, 0 to 1, where it is known.</param>
    /// <param name="evaluation">Filled with the outcomes; what it held before is gone.</param>
    public Verdict Evaluate(ReadOnlySpan<char> output, double? confidence, Evaluation evaluation) => throw new InvalidOperationException();
}
