using System.Text.Json;

namespace Tracira.Benchmarks;

/// <summary>A rule over JSON, and what it means, said plainly: the naive evaluator asks that.</summary>
/// <param name="Value">The rule's value.</param>
/// <param name="Holds">Whether the output's JSON meets the condition.</param>
internal sealed record JsonRule(string Value, Func<JsonElement, bool> Holds);

/// <summary>A hundred conditions on the outputs of <see cref="JsonOutputs"/>.</summary>
internal static class SampleJsonRules
{
    /// <summary>All of them; the first is the usual one.</summary>
    public static IReadOnlyList<JsonRule> All { get; } = [.. Create()];

    private static IEnumerable<JsonRule> Create()
    {
        yield return new("total in 1..4000", static root => At(root, "total") is { } total && total.GetDecimal() is >= 1 and <= 4000);
        yield return new("customer.email exists", static root => At(root, "customer", "email") is not null);
        yield return new("status in [\"open\", \"paid\", \"shipped\"]", static root => At(root, "status")?.GetString() is "open" or "paid" or "shipped");
        yield return new("items[*].price > 0.5", static root => Every(root, "price", static price => price.GetDecimal() > 0.5m));
        yield return new("items[*].quantity <= 19", static root => Every(root, "quantity", static quantity => quantity.GetDecimal() <= 19));
        yield return new("currency == \"EUR\"", static root => At(root, "currency")?.GetString() == "EUR");
        yield return new("confidence >= 0.3", static root => At(root, "confidence")?.GetDecimal() >= 0.3m);
        yield return new("customer.address.city exists", static root => At(root, "customer", "address", "city") is not null);
        yield return new("customer.name is string", static root => At(root, "customer", "name")?.ValueKind == JsonValueKind.String);
        yield return new("refund missing", static root => At(root, "refund") is null);
        for (int i = 0; i < JsonOutputs.Details; i++)
        {
            string name = $"f{i}";
            yield return new($"details.{name} exists", root => At(root, "details", name) is not null);
            yield return (i % 3) switch
            {
                0 => new($"details.{name} < 950", root => At(root, "details", name) is { } number && number.GetDecimal() < 950),
                1 => new($"details.{name} is string", root => At(root, "details", name)?.ValueKind == JsonValueKind.String),
                _ => new($"details.{name} == true", root => At(root, "details", name)?.ValueKind == JsonValueKind.True),
            };
        }

        for (int i = 0; i < 10; i++)
        {
            decimal most = 850 + (i * 5);
            string absent = $"extra{i}";
            yield return new($"items[*].price <= {most}", root => Every(root, "price", price => price.GetDecimal() <= most));
            yield return new($"{absent}.value missing", root => At(root, absent, "value") is null);
        }
    }

    private static JsonElement? At(JsonElement root, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
                return null;
        }

        return root;
    }

    private static bool Every(JsonElement root, string name, Func<JsonElement, bool> holds) =>
        At(root, "items") is { } items && items.GetArrayLength() > 0
        && items.EnumerateArray().All(item => item.TryGetProperty(name, out JsonElement value) && holds(value));
}
