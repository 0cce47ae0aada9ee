using System.Text.Json;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>Many logs in one request.</summary>
internal sealed class BatchEndpoint(LogReader reader, AttachmentIntake intake, RateLimits limits, ServerOptions options)
{
    private const int MaxLogs = 500;

    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/logs/batch", Submit)
            .Requires(Permissions.Ingest)
            .Describe("submitLogs", "Logs", "Submit up to 500 AI outputs, each judged on its own, stored as one write")
            .Takes<BatchBody>()
            .Returns<BatchAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 429, 503);

    private async Task Submit(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        IReadOnlyList<JsonElement> logs = new FieldReader(body.Root, []).Elements("logs");
        if (logs.Count is 0 or > MaxLogs)
        {
            await Answers.Invalid(http, [new("logs", $"must be an array of 1 to {MaxLogs} logs")]).ConfigureAwait(false);
            return;
        }

        int granted = await limits.TakeLogsAsync(http, workspaceId, logs.Count).ConfigureAwait(false);
        if (granted == 0)
            return;
        var items = new BatchItem[logs.Count];
        List<(int Index, SentLog Log)> readable = [];
        for (int i = 0; i < logs.Count; i++)
        {
            SentLog? sent = null;
            if ((i < granted ? Read(logs[i], workspaceId, out sent) : RateLimits.TooMany) is { } error)
                items[i] = BatchItem.Of(i, error);
            else
                readable.Add((i, sent!));
        }

        // As with a single log: a client that hangs up does not take back what it sent.
        IReadOnlyList<SubmissionResult> results = await intake.SubmitManyAsync([.. readable.Select(static entry => entry.Log)]).ConfigureAwait(false);
        for (int i = 0; i < results.Count; i++)
        {
            (int index, SentLog sent) = readable[i];
            items[index] = ApiError.Of(results[i]) is { } error
                ? BatchItem.Of(index, error)
                : BatchItem.Of(index, SubmitAnswer.Of(results[i].Log!, sync: sent.Submission.Wait != TimeSpan.Zero));
        }

        await Answers.Json(http, 200, new BatchAnswer(true, items), ApiJson.Wire.BatchAnswer).ConfigureAwait(false);
    }

    private ApiError? Read(JsonElement log, string workspaceId, out SentLog? sent)
    {
        sent = null;
        if (log.ValueKind != JsonValueKind.Object)
            return new ApiError("The log must be a JSON object.", "invalid_request");
        sent = reader.Read(new FieldReader(log, []), workspaceId, idempotencyKey: null);
        return sent.Errors.Count == 0 ? null : ApiError.Invalid(sent.Errors);
    }
}
