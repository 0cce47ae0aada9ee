using System.Text;
using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Rules, and what they are held against.</summary>
internal sealed record Case(IReadOnlyList<Rule> Rules, IReadOnlyList<Input> Inputs)
{
    /// <summary>How many texts each drawn set of rules is held against.</summary>
    public const int Texts = 5;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Rule rule in Rules)
            text.AppendLine().Append("  rule ").Append(RuleTypeNames.NameOf(rule.Type)).Append("  ").Append(Escaped(rule.Value));
        foreach (Input input in Inputs)
            text.AppendLine().Append("  text ").Append(Escaped(input.Output)).Append("  confidence ").Append(input.Confidence?.ToString() ?? "none").Append("  action ").Append(Escaped(input.Action));
        return text.ToString();
    }

    // As a literal of C#.
    private static string Escaped(string text) =>
        $"\"{string.Concat(text.Select(static unit => unit switch { '"' => "\\\"", '\\' => "\\\\", < ' ' or > '~' => $"\\u{(int)unit:X4}", _ => unit.ToString() }))}\"";
}
