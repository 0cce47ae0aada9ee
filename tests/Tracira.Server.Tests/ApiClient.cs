using System.Text;
using System.Text.Json;

namespace Tracira.Server.Tests;

/// <summary>Talks to a server as its clients do: JSON text in, status and JSON out.</summary>
internal static class ApiClient
{
    public static Task<Answer> GetJsonAsync(this HttpClient http, string path) => http.CallAsync(HttpMethod.Get, path, null);

    public static Task<Answer> PostJsonAsync(this HttpClient http, string path, string json) => http.CallAsync(HttpMethod.Post, path, json);

    public static Task<Answer> PatchJsonAsync(this HttpClient http, string path, string json) => http.CallAsync(HttpMethod.Patch, path, json);

    public static Task<Answer> DeleteJsonAsync(this HttpClient http, string path) => http.CallAsync(HttpMethod.Delete, path, null);

    public static async Task<Answer> CallAsync(
        this HttpClient http, HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        JsonElement body = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        var all = response.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, body, all);
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string name] => Body.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    public string Id => this["id"]!;

    public IEnumerable<string> Fields => Body.GetProperty("fields").EnumerateObject().Select(static member => member.Name);

    public IEnumerable<JsonElement> Executions => Body.GetProperty("executions").EnumerateArray();
}
