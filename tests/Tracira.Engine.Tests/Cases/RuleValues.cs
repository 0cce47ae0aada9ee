using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Writes the values of rules.</summary>
internal static class RuleValues
{
    /// <summary>Keywords in the short form, in quotes, so that nothing parts them.</summary>
    public static string Short(Draw draw, IReadOnlyList<string> keywords) =>
        string.Join(draw.Of(", ", "\n", ","), keywords.Select(static keyword => $"\"{keyword.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>An option that is there and null.</summary>
    public static readonly object Null = new();

    /// <summary>A rule's options in the long form; those without a value are left out.</summary>
    public static string Long(params (string Name, object? Value)[] members)
    {
        var form = new JsonObject();
        foreach ((string name, object? value) in members)
        {
            if (value is not null)
                form[name] = value == Null ? null : JsonSerializer.SerializeToNode(value);
        }

        return form.ToJsonString();
    }
}
