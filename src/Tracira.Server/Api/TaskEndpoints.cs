using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Instructions;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>The tasks of a project: list, create, delete.</summary>
internal sealed class TaskEndpoints(
    ProjectDirectory projects, InstructionBook instructions, MediaKeeper media, AuditLog audit, ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id}/tasks", List)
            .Requires(Permissions.Read)
            .Describe("listProjectTasks", "Projects", "List tasks for a project")
            .TakesId()
            .Returns<IReadOnlyList<TaskItem>>(200)
            .Fails(401, 403, 404);
        api.MapPost("/projects/{id}/tasks", Create)
            .Requires(Permissions.Manage)
            .Describe("createTask", "Projects", "Create a task inside a project")
            .TakesId()
            .Takes<ProjectBody>()
            .Returns<TaskItem>(201)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapDelete("/projects/{id}/tasks", Delete)
            .Requires(Permissions.Manage)
            .Describe("deleteTask", "Projects", "Delete a task from a project, with the logs in it")
            .TakesId()
            .TakesQuery(("taskName", "the task's name"))
            .Returns<SuccessAnswer>(200)
            .Fails(400, 401, 403, 404, 503);
    }

    private async Task List(HttpContext http)
    {
        if (await FindProjectAsync(http).ConfigureAwait(false) is not { } project)
            return;
        IReadOnlyList<ProjectTask> tasks = await projects.ListTasksAsync(WorkspaceOf(http), project.Id, http.RequestAborted).ConfigureAwait(false);
        ProjectCounts counts = await projects.CountAsync(WorkspaceOf(http), http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(
            http, 200, [.. tasks.Select(task => TaskItem.Of(task, counts))], ApiJson.Wire.IReadOnlyListTaskItem).ConfigureAwait(false);
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null || await FindProjectAsync(http).ConfigureAwait(false) is not { } project)
            return;
        var fields = new FieldReader(body.Root, []);
        string name = fields.Name("name");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        (SaveOutcome outcome, ProjectTask? task) = await projects.AddTaskAsync(WorkspaceOf(http), project.Id, name).ConfigureAwait(false);
        switch (outcome)
        {
            case SaveOutcome.NotFound:
                await Answers.NotFound(http, "project").ConfigureAwait(false);
                return;
            case SaveOutcome.NameTaken:
                await Answers.Error(http, 409, "name_taken", $"The project has a task {name} already.").ConfigureAwait(false);
                return;
        }

        await audit.WriteAsync(http, "task.created", task!.Id, name, In(project)).ConfigureAwait(false);
        ProjectCounts counts = await projects.CountAsync(WorkspaceOf(http)).ConfigureAwait(false);
        await Answers.Json(http, 201, TaskItem.Of(task, counts), ApiJson.Wire.TaskItem).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        string name = http.Request.Query["taskName"].ToString().Trim();
        if (name.Length == 0)
        {
            await Answers.Invalid(http, [new FieldError("taskName", "is required")]).ConfigureAwait(false);
            return;
        }

        if (await FindProjectAsync(http).ConfigureAwait(false) is not { } project)
            return;
        IReadOnlyList<string> files = await media.FindAsync(WorkspaceOf(http), project.Id, name).ConfigureAwait(false);
        if (!await projects.DeleteTaskAsync(WorkspaceOf(http), project.Id, name).ConfigureAwait(false))
        {
            await Answers.Error(http, 404, "not_found", "The project has no task of this name.").ConfigureAwait(false);
            return;
        }

        await media.RemoveAsync(WorkspaceOf(http), files).ConfigureAwait(false);
        await instructions.RemoveAsync(WorkspaceOf(http), project.Id, name).ConfigureAwait(false);
        await audit.WriteAsync(http, "task.deleted", "", name, In(project)).ConfigureAwait(false);
        await Answers.Json(http, 200, new SuccessAnswer(), ApiJson.Wire.SuccessAnswer).ConfigureAwait(false);
    }

    private async ValueTask<Project?> FindProjectAsync(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        Project? project = await projects.FindAsync(WorkspaceOf(http), id, http.RequestAborted).ConfigureAwait(false);
        if (project is null)
            await Answers.NotFound(http, "project").ConfigureAwait(false);
        return project;
    }

    private static Dictionary<string, string?> In(Project project) => new() { ["projectId"] = project.Id, ["projectName"] = project.Name };

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;
}
