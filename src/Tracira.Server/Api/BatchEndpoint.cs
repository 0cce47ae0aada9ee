using System.Text.Json;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Many logs in one request.</summary>
internal sealed class BatchEndpoint(LogPipeline pipeline, RateLimits limits, ServerOptions options)
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

        if (!await limits.TryTakeLogAsync(http, workspaceId, logs.Count).ConfigureAwait(false))
            return;
        var items = new BatchItem[logs.Count];
        List<(int Index, LogSubmission Submission)> readable = [];
        for (int i = 0; i < logs.Count; i++)
        {
            if (Read(logs[i], workspaceId, out LogSubmission? submission) is { } error)
                items[i] = BatchItem.Of(i, error);
            else
                readable.Add((i, submission!));
        }

        // As with a single log: a client that hangs up does not take back what it sent.
        IReadOnlyList<SubmissionResult> results = await pipeline.SubmitManyAsync([.. readable.Select(static entry => entry.Submission)]).ConfigureAwait(false);
        for (int i = 0; i < results.Count; i++)
        {
            (int index, LogSubmission submission) = readable[i];
            items[index] = ApiError.Of(results[i]) is { } error
                ? BatchItem.Of(index, error)
                : BatchItem.Of(index, SubmitAnswer.Of(results[i].Log!, sync: submission.Wait != TimeSpan.Zero));
        }

        await Answers.Json(http, 200, new BatchAnswer(true, items), ApiJson.Wire.BatchAnswer).ConfigureAwait(false);
    }

    private ApiError? Read(JsonElement log, string workspaceId, out LogSubmission? submission)
    {
        submission = null;
        if (log.ValueKind != JsonValueKind.Object)
            return new ApiError("The log must be a JSON object.", "invalid_request");
        var fields = new FieldReader(log, []);
        submission = SubmissionReader.Read(fields, workspaceId, idempotencyKey: null, options.SyncTimeout);
        return fields.Errors.Count == 0 ? null : ApiError.Invalid([.. fields.Errors, .. submission.Validate()]);
    }
}
