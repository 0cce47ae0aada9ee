using System.Globalization;
using System.Text.Json;

namespace Tracira.Engine.Tests.Reference;

/// <summary>A way into JSON, step by step.</summary>
internal sealed class ReferencePath
{
    private readonly List<Step> _steps = [];

    /// <summary>Reads the whole of a text as a path.</summary>
    public ReferencePath(string text)
    {
        string rest = text.StartsWith('$') ? text[1..] : text;
        while (rest.Length > 0)
        {
            if (rest.StartsWith("[*]", StringComparison.Ordinal))
                Take(new Step(null, 0, Every: true), 3);
            else if (rest.StartsWith("[\"", StringComparison.Ordinal))
                Take(new Step(rest[2..rest.IndexOf("\"]", 2, StringComparison.Ordinal)], 0, false), rest.IndexOf("\"]", 2, StringComparison.Ordinal) + 2);
            else if (rest[0] == '[')
                Take(new Step(null, int.Parse(rest[1..rest.IndexOf(']')], CultureInfo.InvariantCulture), false), rest.IndexOf(']') + 1);
            else
                TakeName(rest.TrimStart('.'));
        }

        void TakeName(string name)
        {
            int end = name.IndexOfAny(['.', '[']);
            rest = name;
            Take(new Step(end < 0 ? name : name[..end], 0, false), end < 0 ? name.Length : end);
        }

        void Take(Step step, int length)
        {
            _steps.Add(step);
            rest = rest[length..];
        }
    }

    /// <summary>Whether the first step is the member <c>action</c>.</summary>
    public bool BeginsWithAction => _steps is [{ Name: "action" }, ..];

    /// <summary>What is at the path: one value, or with wildcards several; null wherever a step leads nowhere.</summary>
    public IEnumerable<JsonElement?> ValuesIn(JsonElement root, bool pastFirstStep) => ValuesIn(root, _steps.Skip(pastFirstStep ? 1 : 0));

    private static IEnumerable<JsonElement?> ValuesIn(JsonElement value, IEnumerable<Step> steps)
    {
        if (!steps.Any())
            return [value];
        Step step = steps.First();
        if (step.Every)
        {
            JsonElement[] elements = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
            return elements.Length == 0 ? [null] : elements.SelectMany(element => ValuesIn(element, steps.Skip(1)));
        }

        return (step.Name is { } name ? Member(value, name) : Element(value, step.Index)) is { } next ? ValuesIn(next, steps.Skip(1)) : [null];
    }

    private static JsonElement? Member(JsonElement value, string name) => value.ValueKind != JsonValueKind.Object
        ? null
        : value.EnumerateObject().Where(member => member.Name == name).Select(static member => (JsonElement?)member.Value).LastOrDefault();

    private static JsonElement? Element(JsonElement value, int index)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        int count = value.GetArrayLength();
        int at = index < 0 ? count + index : index;
        return at >= 0 && at < count ? value[at] : null;
    }

    private sealed record Step(string? Name, int Index, bool Every);
}
