namespace Tracira;

/// <summary>Rules compiled for evaluation. Immutable and safe to use from any number of threads at once.</summary>
public sealed class RuleSet
{
    private const int MaxName = 200;
    private const int MaxValue = 1_000_000;

    private readonly Rule[] _rules;
    private readonly Condition[] _conditions;
    private readonly KeywordIndex _keywords;
    private readonly RegexIndex _patterns;
    private readonly JsonRules _json;
    private readonly TimeProvider _time;

    private RuleSet(Rule[] rules, Condition[] conditions, RuleSet? former, TimeProvider time)
    {
        _rules = rules;
        _conditions = conditions;
        _keywords = KeywordIndex.Of(conditions, former?._keywords);
        _patterns = RegexIndex.Of(conditions, former?._patterns);
        _json = new JsonRules(conditions);
        _time = time;
        HasJudges = Array.Exists(rules, static rule => rule.Type == RuleType.LlmJudge);
    }

    /// <summary>A set without rules: every output passes.</summary>
    public static RuleSet Empty { get; } = new([], [], null, TimeProvider.System);

    /// <summary>The rules, in the order they were given.</summary>
    public IReadOnlyList<Rule> Rules => _rules;

    /// <summary>Whether a rule of the set needs a judge, so that <see cref="Evaluate(ReadOnlySpan{char})"/> alone cannot pass an output.</summary>
    public bool HasJudges { get; }

    /// <summary>Compiles rules. Scope and <see cref="Rule.IsActive"/> are the caller's business: every rule given is applied.</summary>
    /// <exception cref="RuleException">At least one rule's value does not fit its type; all of them are listed.</exception>
    public static RuleSet Compile(IEnumerable<Rule> rules) => Compile(rules, TimeProvider.System);

    /// <summary>Compiles rules that tell the time by a clock of their own, for conditions such as "within 3 days ago".</summary>
    /// <exception cref="RuleException">At least one rule's value does not fit its type; all of them are listed.</exception>
    public static RuleSet Compile(IEnumerable<Rule> rules, TimeProvider time) => Compile(rules, time, null);

    /// <summary>
    /// Compiles rules of which most are those of this set, by their type and value: what has been made of them is taken over, so that a
    /// change of one rule costs little more than that rule does. The outcome is that of <see cref="Compile(IEnumerable{Rule})"/>.
    /// </summary>
    /// <exception cref="RuleException">At least one rule's value does not fit its type; all of them are listed.</exception>
    public RuleSet With(IEnumerable<Rule> rules) => Compile(rules, _time, this);

    /// <summary>Checks a rule as <see cref="Compile(IEnumerable{Rule})"/> would.</summary>
    /// <returns>What is wrong with the rule, or null where nothing is.</returns>
    public static RuleFault? Check(Rule rule) => TryCompile(rule, [], out _);

    /// <summary>Evaluates an output that came without a confidence. Allocates nothing.</summary>
    public Verdict Evaluate(ReadOnlySpan<char> output) => Run(output, default, null, null);

    /// <summary>Evaluates an output. Allocates nothing.</summary>
    /// <param name="output">The text to check; may hold lone surrogates and NULs.</param>
    /// <param name="confidence">The model's own confidence, 0 to 1, where it is known.</param>
    public Verdict Evaluate(ReadOnlySpan<char> output, double? confidence) => Run(output, default, confidence, null);

    /// <summary>Evaluates an output and keeps each rule's outcome. Allocates nothing once <paramref name="evaluation"/> has grown to the set.</summary>
    /// <param name="output">The text to check; may hold lone surrogates and NULs.</param>
    /// <param name="confidence">The model's own confidence, 0 to 1, where it is known.</param>
    /// <param name="evaluation">Filled with the outcomes; what it held before is gone.</param>
    /// <param name="action">
    /// What the AI proposes to do, as the text of a JSON object: rules over JSON fields reach it by paths that begin with <c>action</c>.
    /// Without one such paths lead into the output.
    /// </param>
    public Verdict Evaluate(ReadOnlySpan<char> output, double? confidence, Evaluation evaluation, ReadOnlySpan<char> action = default)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        evaluation.Begin(this);
        Verdict verdict = Run(output, action, confidence, evaluation);
        evaluation.End(verdict);
        return verdict;
    }

    internal string Explain(int rule, in Finding finding, ReadOnlySpan<char> shown) => _conditions[rule].Explain(finding, shown);

    private Verdict Run(ReadOnlySpan<char> output, ReadOnlySpan<char> action, double? confidence, Evaluation? evaluation)
    {
        int flagged = 0;
        int errors = 0;
        int undecided = 0;
        var text = new OutputText(output, action, confidence, _time.GetUtcNow(), _keywords, _patterns, _json);
        try
        {
            for (int i = 0; i < _conditions.Length; i++)
            {
                var findings = new Findings(evaluation, i);
                RuleOutcomeKind outcome = _conditions[i].Evaluate(ref text, ref findings);
                evaluation?.Set(i, outcome, findings.Finding);
                switch (outcome)
                {
                    case RuleOutcomeKind.Flagged:
                        flagged++;
                        break;
                    case RuleOutcomeKind.Error:
                        errors++;
                        break;
                    case RuleOutcomeKind.Undecided:
                        undecided++;
                        break;
                }
            }
        }
        finally
        {
            text.Dispose();
        }

        return new Verdict(flagged, errors, undecided);
    }

    private static RuleSet Compile(IEnumerable<Rule> rules, TimeProvider time, RuleSet? former)
    {
        Rule[] all = [.. rules];
        var conditions = new Condition[all.Length];
        Dictionary<(RuleType, string), Condition> known = [];
        for (int i = 0; i < former?._rules.Length; i++)
            known[(former._rules[i].Type, former._rules[i].Value)] = former._conditions[i];
        List<RuleFault> faults = [];
        for (int i = 0; i < all.Length; i++)
        {
            if (TryCompile(all[i], known, out Condition? condition) is { } fault)
                faults.Add(fault);
            else
                conditions[i] = condition!;
        }

        return faults.Count == 0 ? new RuleSet(all, conditions, former, time) : throw new RuleException(faults);
    }

    private static RuleFault? TryCompile(Rule rule, Dictionary<(RuleType, string), Condition> known, out Condition? condition)
    {
        condition = null;
        if (rule.Name.Trim().Length is 0 or > MaxName)
            return new RuleFault(rule, $"must have a name of 1 to {MaxName} characters");
        if (rule.Value.Length > MaxValue)
            return new RuleFault(rule, $"has {rule.Value.Length:N0} characters; at most {MaxValue:N0} are accepted");
        if (known.TryGetValue((rule.Type, rule.Value), out condition))
            return null;
        try
        {
            condition = Condition.Compile(rule);
            return null;
        }
        catch (RuleValueException exception)
        {
            return new RuleFault(rule, exception.Message);
        }
    }
}
