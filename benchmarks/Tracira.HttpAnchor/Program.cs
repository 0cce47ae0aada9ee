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
    byte[] answer = JsonSerializer.SerializeToUtf8Bytes(
        new Answer(submission is not null, Guid.CreateVersion7().ToString(), "pending"), AnchorJson.Default.Answer);
    http.Response.StatusCode = 202;
    http.Response.ContentType = "application/json; charset=utf-8";
    http.Response.ContentLength = answer.Length;
    await http.Response.Body.WriteAsync(answer, http.RequestAborted);
});
app.Run();

internal sealed record Submission(
    string Project, string Output, string? Task, string? Model, string? Input, double? LatencyMs, double? CostUsd, double? Confidence, string? SessionId,
    string? SubjectId, string? ActorId, bool? Sync, IReadOnlyList<string>? Tags, JsonElement? Metadata);

internal sealed record Answer(bool Ok, string Id, string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnchorJson : JsonSerializerContext;
