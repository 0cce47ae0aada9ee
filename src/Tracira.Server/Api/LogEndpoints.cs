using System.Globalization;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>Logs: submit, list, read, poll, delete; and the tasks there are.</summary>
internal sealed class LogEndpoints(
    LogReader reader,
    AttachmentIntake intake,
    MediaKeeper media,
    LogRevisions revisions,
    ITraciraStore store,
    RateLimits limits,
    AuditLog audit,
    ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/logs", Submit)
            .Requires(Permissions.Ingest)
            .Describe("submitLog", "Logs", "Submit an AI output for evaluation")
            .Takes<SubmitBody>()
            .Returns<SubmitAnswer>(200, 202)
            .Fails(400, 401, 403, 409, 413, 415, 429, 503);
        api.MapGet("/logs", List)
            .Requires(Permissions.Read)
            .Describe("listLogs", "Logs", "List logs")
            .TakesQuery(LogQueryReader.Parameters)
            .Returns<LogListAnswer>(200)
            .Fails(400, 401, 403);
        api.MapGet("/logs/tasks", ListTasks)
            .Requires(Permissions.Read)
            .Describe("listTasks", "Logs", "List distinct task names")
            .TakesQuery(("project", "project name, in any case"))
            .Returns<IReadOnlyList<string>>(200)
            .Fails(401, 403);
        api.MapGet("/logs/{id}", Get)
            .Requires(Permissions.Read)
            .Describe("getLog", "Logs", "Get a single log")
            .TakesId()
            .Returns<LogDetail>(200)
            .Fails(401, 403, 404);
        api.MapDelete("/logs/{id}", Delete)
            .Requires(Permissions.Manage)
            .Describe("deleteLog", "Logs", "Delete a single log")
            .TakesId()
            .Returns<OkAnswer>(200)
            .Fails(401, 403, 404, 503);
        api.MapGet("/logs/{id}/status", GetStatus)
            .Requires(Permissions.Read)
            .Describe("getLogStatus", "Logs", "Poll async log status")
            .TakesId()
            .Returns<LogStatusAnswer>(200)
            .Fails(401, 403, 404);
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
        SentLog sent = reader.Read(fields, workspaceId, idempotencyKey);
        if (sent.Errors.Count > 0)
        {
            await (sent.IsTooLarge ? Answers.TooLarge(http, sent.Errors) : Answers.Invalid(http, sent.Errors)).ConfigureAwait(false);
            return;
        }

        // A client that hangs up does not take back what it sent: from here on the log is stored come what may.
        SubmissionResult result = await intake.SubmitAsync(sent).ConfigureAwait(false);
        await Answer(http, result, sync: sent.Submission.Wait != TimeSpan.Zero).ConfigureAwait(false);
    }

    private static Task Answer(HttpContext http, SubmissionResult result, bool sync)
    {
        if (ApiError.Of(result) is { } error)
            return Answers.Error(http, result.Outcome == SubmissionOutcome.IdConflict ? 409 : 400, error);

        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"rules;dur={result.RulesTime.TotalMilliseconds:0.###}, judge;dur={result.JudgeTime.TotalMilliseconds:0.###}, store;dur={result.StoreTime.TotalMilliseconds:0.###}");
        Log log = result.Log!;
        return Answers.Json(http, sync && log.Status != LogStatus.Pending ? 200 : 202, SubmitAnswer.Of(log, sync), ApiJson.Wire.SubmitAnswer);
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
        var answer = new LogListAnswer([.. page.Logs.Select(LogItem.Of)], page.Total, (query.Offset / query.Limit) + 1, query.Limit, LogSummary.Of(page))
        {
            Search = page.Search is { } search ? SearchItem.Of(search) : null,
        };
        await Answers.Stream(http, answer, ApiJson.Wire.LogListAnswer).ConfigureAwait(false);
    }

    private async Task Get(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is not { } log)
            return;
        IReadOnlyList<string> attempts = await revisions.ChainAsync(log, http.RequestAborted).ConfigureAwait(false);
        LogDetail detail = LogDetail.Of(log) with { Revisions = attempts.Count > 1 ? attempts : null };
        await Answers.Json(http, 200, detail, ApiJson.Wire.LogDetail).ConfigureAwait(false);
    }

    private async Task GetStatus(HttpContext http)
    {
        if (await Find(http).ConfigureAwait(false) is { } log)
            await Answers.Json(http, 200, LogStatusAnswer.Of(log), ApiJson.Wire.LogStatusAnswer).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        if (!await store.Logs.DeleteAsync(workspaceId, IdOf(http), CancellationToken.None).ConfigureAwait(false))
        {
            await Answers.NotFound(http, "log").ConfigureAwait(false);
            return;
        }

        await media.RemoveLogMediaAsync(workspaceId, [IdOf(http)]).ConfigureAwait(false);
        await audit.WriteAsync(http, "log.deleted", IdOf(http)).ConfigureAwait(false);
        await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
    }

    private async Task ListTasks(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        string? name = http.Request.Query["project"];
        IEnumerable<Project> projects = await store.Projects.ListAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        if (!string.IsNullOrWhiteSpace(name))
            projects = projects.Where(project => string.Equals(project.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

        var ids = new HashSet<string>();
        var tasks = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Project project in projects)
        {
            ids.Add(project.Id);
            foreach (ProjectTask task in await store.Projects.ListTasksAsync(workspaceId, project.Id, http.RequestAborted).ConfigureAwait(false))
                tasks.Add(task.Name);
        }

        foreach (LogCounter counter in await store.Logs.CountAsync(workspaceId, http.RequestAborted).ConfigureAwait(false))
        {
            if (counter.TaskName is { } used && ids.Contains(counter.ProjectId))
                tasks.Add(used);
        }

        await Answers.Json(http, 200, [.. tasks], ApiJson.Wire.IReadOnlyListString).ConfigureAwait(false);
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
