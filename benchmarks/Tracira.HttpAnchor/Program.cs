using System.Text.Json;
using System.Text.Json.Serialization;

// What Kestrel alone does, native: reads the same JSON into an object and answers the same JSON. Nothing is checked, nothing is kept.
WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().UseUrls(args[0]).ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
builder.Services.AddRoutingCore();
WebApplication app = builder.Build();
app.UseRouting();
app.MapPost("/api/logs", static async http =>
{
    Submission? submission = await JsonSerializer.DeserializeAsync(http.Request.Body, AnchorJson.Default.Submission, http.RequestAborted);
    string id = Guid.CreateVersion7().ToString();
    Answer body = submission?.Sync != true
        ? new Answer(true, id, "pending")
        : new Answer(true, id, "pass")
        {
            Verdict = new Verdict(true, [.. Enumerable.Range(1, 20).Select(static rule => new VerdictRule($"Rule {rule}", false))]),
            ConfidenceScore = 1,
            Explanation = "All 20 rules passed.",
        };
    byte[] answer = JsonSerializer.SerializeToUtf8Bytes(body, AnchorJson.Default.Answer);
    http.Response.StatusCode = submission?.Sync != true ? 202 : 200;
    http.Response.ContentType = "application/json; charset=utf-8";
    http.Response.ContentLength = answer.Length;
    await http.Response.Body.WriteAsync(answer, http.RequestAborted);
});
app.Run();

internal sealed record Submission(
    string Project, string Output, string? Task, string? Model, string? Input, double? LatencyMs, double? CostUsd, double? Confidence, string? SessionId,
    string? SubjectId, string? ActorId, bool? Sync, IReadOnlyList<string>? Tags, JsonElement? Metadata);

internal sealed record Answer(bool Ok, string Id, string Status)
{
    public Verdict? Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? Explanation { get; init; }
}

internal sealed record Verdict(bool Pass, IReadOnlyList<VerdictRule> Rules);

internal sealed record VerdictRule(string Name, bool Triggered);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnchorJson : JsonSerializerContext;
