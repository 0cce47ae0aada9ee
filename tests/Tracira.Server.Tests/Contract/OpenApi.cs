using System.Text.Json;
using Shouldly;

namespace Tracira.Server.Tests.Contract;

/// <summary>The server's own description of itself, as something that answers can be held to.</summary>
internal sealed class OpenApi(JsonElement document)
{
    /// <summary>Every answer that is described.</summary>
    public IEnumerable<(string Route, int Status)> Answers =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        from answer in operation.Value.GetProperty("responses").EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Holds a JSON answer to its description: nothing undescribed, nothing missing, every value of its type.</summary>
    public void ShouldDescribe(string route, int status, JsonElement body)
    {
        string[] parts = route.Split(' ');
        JsonElement schema = document.GetProperty("paths").GetProperty(parts[1]).GetProperty(parts[0].ToLowerInvariant()).GetProperty("responses")
            .GetProperty($"{status}").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Faults(schema, body, "$").ShouldBeEmpty();
    }

    private IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
            return Faults(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), value, path);
        if (schema.TryGetProperty("oneOf", out JsonElement choices))
            return choices.EnumerateArray().Select(choice => Faults(choice, value, path)).MinBy(static faults => faults.Count())!;
        if (schema.TryGetProperty("type", out JsonElement type) && !IsOf(type, value))
            return [$"{path} is {value.ValueKind}, not {type}"];
        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
            return [$"{path} is {value}, not one of {words}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => FaultsOfObject(schema, value, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out JsonElement items) =>
                value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{path}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> FaultsOfObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
                yield return $"{path}.{name} is missing";
        }

        bool isOpen = !schema.TryGetProperty("properties", out JsonElement properties);
        foreach (JsonProperty field in value.EnumerateObject())
        {
            IEnumerable<string> faults = !isOpen && properties.TryGetProperty(field.Name, out JsonElement described)
                ? Faults(described, field.Value, $"{path}.{field.Name}")
                : schema.TryGetProperty("additionalProperties", out JsonElement others) ? Faults(others, field.Value, $"{path}.{field.Name}")
                : isOpen ? [] : [$"{path}.{field.Name} is not described"];
            foreach (string fault in faults)
                yield return fault;
        }
    }

    private static bool IsOf(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => IsOf(one, value)) : (type.GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };
}
