namespace Tracira;

/// <summary>One rule's condition, compiled. Immutable; evaluating it allocates nothing.</summary>
internal abstract class Condition
{
    /// <summary>Checks an output.</summary>
    public abstract RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings);

    /// <summary>Tells the reason of an outcome that was not a pass.</summary>
    /// <param name="finding">What <see cref="Evaluate"/> took down.</param>
    /// <param name="shown">The value it showed.</param>
    public abstract string Explain(in Finding finding, ReadOnlySpan<char> shown);

    /// <summary>Compiles a rule's value.</summary>
    /// <exception cref="RuleValueException">The value does not fit the type.</exception>
    public static Condition Compile(Rule rule) => rule.Type switch
    {
        RuleType.KeywordRequired => new RequiredKeywordCondition(KeywordValue.Parse(rule.Value, required: true)),
        RuleType.KeywordForbidden => new ForbiddenKeywordCondition(KeywordValue.Parse(rule.Value, required: false)),
        RuleType.RegexMatch => new RegexCondition(RegexValue.Parse(rule.Value)),
        RuleType.LengthLimit => new LengthCondition(LengthValue.Parse(rule.Value)),
        RuleType.ConfidenceThreshold => new ConfidenceCondition(ConfidenceValue.Parse(rule.Value)),
        RuleType.LlmJudge => new JudgeCondition(JudgeInstruction.Parse(rule.Value)),
        RuleType.JsonField => new JsonFieldCondition(JsonFieldValue.Parse(rule.Value)),
        RuleType.JsonFieldKeywordRequired => new JsonKeywordCondition(JsonKeywordValue.Parse(rule.Value, required: true), required: true),
        RuleType.JsonFieldKeywordForbidden => new JsonKeywordCondition(JsonKeywordValue.Parse(rule.Value, required: false), required: false),
        _ => throw new RuleValueException("has a type that does not exist"),
    };
}
