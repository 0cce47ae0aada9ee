using System.Globalization;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Logs: submit, list, read, poll, delete.</summary>
internal sealed class LogEndpoints(LogPipeline pipeline, ITraciraStore store, RateLimits limits, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/logs", Submit)
            .Requires(Permissions.Ingest)
            .Describe("submitLog", "Logs", "Submit an AI output for evaluation")
            .Takes<SubmitBody>()
            .Returns<SubmitAnswer>(200, 202)
            .Fails(400, 401, 409, 413, 415, 429, 503);
        api.MapGet("/logs", List)
            .Requires(Permissions.Read)
            .Describe("listLogs", "Logs", "List logs")
            .TakesQuery(LogQueryReader.Parameters)
            .Returns<LogListAnswer>(200)
            .Fails(400, 401);
        api.MapGet("/logs/{id}", Get)
            .Requires(Permissions.Read)
            .Describe("getLog", "Logs", "Get a single log")
            .TakesId()
            .Returns<LogDetail>(200)
            .Fails(401, 404);
        api.MapDelete("/logs/{id}", Delete)
            .Requires(Permissions.Manage)
            .Describe("deleteLog", "Logs", "Delete a single log")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 404, 503);
        api.MapGet("/logs/{id}/status", GetStatus)
            .Requires(Permissions.Read)
            .Describe("getLogStatus", "Logs", "Poll async log status")
            .TakesId()
            .Returns<LogStatusAnswer>(200)
            .Fails(401, 404);
    }

    private async Task Submit(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        if (!await limits.TryTakeLogAsync(http, workspaceId).ConfigureAwait(false))
            return;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;

        var fields = new FieldReader(body.Root, []);
        string? idempotencyKey = http.Request.Headers["Idempotency-Key"];
        LogSubmission submission = SubmissionReader.Read(fields, workspaceId, idempotencyKey, options.SyncTimeout);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, [.. fields.Errors, .. submission.Validate()]).ConfigureAwait(false);
            return;
        }

        // A client that hangs up does not take back what it sent: from here on the log is stored come what may.
        SubmissionResult result = await pipeline.SubmitAsync(submission).ConfigureAwait(false);
        await Answer(http, result, sync: submission.Wait != TimeSpan.Zero).ConfigureAwait(false);
    }

    private static Task Answer(HttpContext http, SubmissionResult result, bool sync)
    {
        switch (result.Outcome)
        {
            case SubmissionOutcome.Invalid:
                return Answers.Invalid(http, result.Errors);
            case SubmissionOutcome.IdConflict:
                return Answers.Error(
                    http,
                    StatusCodes.Status409Conflict,
                    "id_conflict",
                    $"The id {result.Log!.Id} belongs to a log with other content. Send a new id, or the same content.");
        }

        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"rules;dur={result.RulesTime.TotalMilliseconds:0.###}, judge;dur={result.JudgeTime.TotalMilliseconds:0.###}, store;dur={result.StoreTime.TotalMilliseconds:0.###}");
        Log log = result.Log!;
        if (!sync)
            return Answers.Json(http, 202, new SubmitAnswer(true, log.Id, "pending"), ApiJson.Wire.SubmitAnswer);
        var answer = new SubmitAnswer(true, log.Id, WireNames.Status[log.Status])
        {
            Verdict = VerdictItem.Of(log),
            ConfidenceScore = log.ConfidenceScore,
            Explanation = log.Explanation,
        };
        return Answers.Json(http, log.Status == LogStatus.Pending ? 202 : 200, answer, ApiJson.Wire.SubmitAnswer);
    }

    private async Task List(HttpContext http)
    {
        List<FieldError> errors = [];
        LogQuery query = LogQueryReader.Read(http.Request.Query, Caller.Of(http).Workspace.Id, errors);
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        LogPage page = await store.Logs.ListAsync(query, http.RequestAborted).ConfigureAwait(false);
        var answer = new LogListAnswer(
            [.. page.Logs.Select(LogItem.Of)], page.Total, (query.Offset / query.Limit) + 1, query.Limit, LogSummary.Of(page));
        await Answers.Stream(http, answer, ApiJson.Wire.LogListAnswer).ConfigureAwait(false);
    }

    private async Task Get(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is { } log)
            await Answers.Json(http, 200, LogDetail.Of(log), ApiJson.Wire.LogDetail).ConfigureAwait(false);
    }

    private async Task GetStatus(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is { } log)
            await Answers.Json(http, 200, LogStatusAnswer.Of(log), ApiJson.Wire.LogStatusAnswer).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        bool deleted = await store.Logs.DeleteAsync(Caller.Of(http).Workspace.Id, IdOf(http), CancellationToken.None).ConfigureAwait(false);
        await (deleted
            ? Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer)
            : Answers.NotFound(http, "log")).ConfigureAwait(false);
    }

    private async ValueTask<Log?> Find(HttpContext http)
    {
        Log? log = await store.Logs.FindAsync(Caller.Of(http).Workspace.Id, IdOf(http), http.RequestAborted).ConfigureAwait(false);
        if (log is null)
            await Answers.NotFound(http, "log").ConfigureAwait(false);
        return log;
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
