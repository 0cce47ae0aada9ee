namespace Tracira;

/// <summary>The kinds of condition a <see cref="Rule"/> can state. The grammar of each type's value is in <c>docs/rules.md</c>.</summary>
public enum RuleType
{
    /// <summary>Triggers when a keyword is missing from the output.</summary>
    KeywordRequired,

    /// <summary>Triggers when a keyword occurs in the output.</summary>
    KeywordForbidden,

    /// <summary>Triggers when the output does not match a regular expression, or, told so, when it does.</summary>
    RegexMatch,

    /// <summary>Triggers when the output is shorter or longer than allowed.</summary>
    LengthLimit,

    /// <summary>Triggers when the confidence sent with the output is below a minimum.</summary>
    ConfidenceThreshold,

    /// <summary>Asks a language model; triggers when its answer is that the output fails.</summary>
    LlmJudge,

    /// <summary>Triggers when a field of JSON output does not meet a condition.</summary>
    JsonField,

    /// <summary>Triggers when a keyword is missing from a field of JSON output.</summary>
    JsonFieldKeywordRequired,

    /// <summary>Triggers when a keyword occurs in a field of JSON output.</summary>
    JsonFieldKeywordForbidden,
}
