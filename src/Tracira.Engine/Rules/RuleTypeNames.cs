using System.Diagnostics.CodeAnalysis;

namespace Tracira;

/// <summary>The names that rule types have in JSON, in files and on the wire: <c>keyword_forbidden</c> and so on.</summary>
public static class RuleTypeNames
{
    private static readonly string[] Names =
    [
        "keyword_required", "keyword_forbidden", "regex_match", "length_limit", "confidence_threshold", "llm_judge",
        "json_field", "json_field_keyword_required", "json_field_keyword_forbidden",
    ];

    /// <summary>Every name, in the order of <see cref="RuleType"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is not a defined rule type.</exception>
    public static string NameOf(RuleType type) =>
        (uint)type < (uint)Names.Length ? Names[(int)type] : throw new ArgumentOutOfRangeException(nameof(type), type, "No such rule type.");

    /// <summary>Reads a rule type's name; exact, lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out RuleType type)
    {
        int index = Array.IndexOf(Names, name);
        type = (RuleType)Math.Max(index, 0);
        return index >= 0;
    }
}
