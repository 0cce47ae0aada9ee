using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Instructions;
using Tracira.Server.Media;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>Projects: list, create, rename, merge, delete.</summary>
internal sealed class ProjectEndpoints(
    ProjectDirectory projects, ProjectRetention retention, InstructionBook instructions, MediaKeeper media, AuditLog audit, ServerOptions options)
{
    private const int MaxIcon = 100;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/projects", List)
            .Requires(Permissions.Read)
            .Describe("listProjects", "Projects", "List projects")
            .Returns<IReadOnlyList<ProjectItem>>(200)
            .Fails(401, 403);
        api.MapPost("/projects", Create)
            .Requires(Permissions.Manage)
            .Describe("createProject", "Projects", "Create a project")
            .Takes<ProjectBody>()
            .Returns<ProjectItem>(201)
            .Fails(400, 401, 403, 409, 413, 415, 503);
        api.MapPatch("/projects/{id}", Update)
            .Requires(Permissions.Manage)
            .Describe("updateProject", "Projects", "Rename, merge, or change icon or retention of a project")
            .TakesId()
            .Takes<ProjectChangeBody>()
            .Returns<ProjectItem>(200)
            .Fails(400, 401, 403, 404, 409, 413, 415, 503);
        api.MapDelete("/projects/{id}", Delete)
            .Requires(Permissions.Manage)
            .Describe("deleteProject", "Projects", "Delete a project and its logs, rules, and tasks")
            .TakesId()
            .Returns<SuccessAnswer>(200)
            .Fails(401, 403, 404, 503);
    }

    private async Task List(HttpContext http)
    {
        string workspaceId = WorkspaceOf(http);
        IReadOnlyList<Project> all = await projects.ListAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        ProjectCounts counts = await projects.CountAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        IReadOnlyDictionary<string, int> days = await retention.GetAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(
            http, 200, [.. all.Select(project => ProjectItem.Of(project, counts, days))], ApiJson.Wire.IReadOnlyListProjectItem).ConfigureAwait(false);
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string name = fields.Name("name");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (await projects.AddAsync(WorkspaceOf(http), name).ConfigureAwait(false) is not { } project)
        {
            await NameTaken(http, $"There is a project {name} already.").ConfigureAwait(false);
            return;
        }

        await audit.WriteAsync(http, "project.created", project.Id, name).ConfigureAwait(false);
        await AnswerAsync(http, 201, project).ConfigureAwait(false);
    }

    private async Task Update(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        IReadOnlyList<Project> all = await projects.ListAsync(WorkspaceOf(http), http.RequestAborted).ConfigureAwait(false);
        if (all.FirstOrDefault(project => project.Id == IdOf(http)) is not { } project)
        {
            await Answers.NotFound(http, "project").ConfigureAwait(false);
            return;
        }

        var fields = new FieldReader(body.Root, []);
        string name = fields.OptionalName("name") ?? project.Name;
        bool merge = fields.Boolean("merge") == true;
        string? icon = fields.Text("icon", MaxIcon);
        int? days = fields.Days("retentionDays");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        Project? namesake = all.FirstOrDefault(other => other.Id != project.Id && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        if (namesake is not null && !merge)
        {
            await NameTaken(http, $"There is a project {namesake.Name} already. With merge: true the two become one.").ConfigureAwait(false);
            return;
        }

        if (namesake is not null && !await MergeAsync(http, project, namesake).ConfigureAwait(false))
        {
            await Answers.NotFound(http, "project").ConfigureAwait(false);
            return;
        }

        Project before = namesake ?? project;
        Project after = (namesake ?? project with { Name = name }) with { Icon = fields.Has("icon") ? icon : before.Icon };
        if (after != before && !await ChangeAsync(http, before, after).ConfigureAwait(false))
        {
            await NameTaken(http, $"Somebody else has just named a project {name}.").ConfigureAwait(false);
            return;
        }

        if (fields.Has("retentionDays"))
            await SetRetentionAsync(http, after, days).ConfigureAwait(false);
        await AnswerAsync(http, 200, after).ConfigureAwait(false);
    }

    private async Task Delete(HttpContext http)
    {
        string workspaceId = WorkspaceOf(http);
        Project? project = await projects.FindAsync(workspaceId, IdOf(http), http.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<string> files = project is null ? [] : await media.FindAsync(workspaceId, project.Id).ConfigureAwait(false);
        if (project is null || !await projects.DeleteAsync(workspaceId, project.Id).ConfigureAwait(false))
        {
            await Answers.NotFound(http, "project").ConfigureAwait(false);
            return;
        }

        await media.RemoveAsync(workspaceId, files).ConfigureAwait(false);
        await retention.SetAsync(workspaceId, project.Id, null).ConfigureAwait(false);
        await instructions.RemoveAsync(workspaceId, project.Id).ConfigureAwait(false);
        await audit.WriteAsync(http, "project.deleted", project.Id, project.Name).ConfigureAwait(false);
        await Answers.Json(http, 200, new SuccessAnswer(), ApiJson.Wire.SuccessAnswer).ConfigureAwait(false);
    }

    private async ValueTask<bool> MergeAsync(HttpContext http, Project project, Project into)
    {
        string workspaceId = WorkspaceOf(http);
        if (!await projects.MergeAsync(workspaceId, project.Id, into.Id).ConfigureAwait(false))
            return false;
        await retention.SetAsync(workspaceId, project.Id, null).ConfigureAwait(false);
        await instructions.MoveAsync(workspaceId, project.Id, into.Id).ConfigureAwait(false);
        var details = new Dictionary<string, string?> { ["into"] = into.Id, ["intoName"] = into.Name };
        await audit.WriteAsync(http, "project.merged", project.Id, project.Name, details).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> ChangeAsync(HttpContext http, Project before, Project after)
    {
        if (!await projects.ChangeAsync(WorkspaceOf(http), after).ConfigureAwait(false))
            return false;
        Dictionary<string, string?> details = [];
        if (after.Name != before.Name)
            details["name"] = after.Name;
        if (after.Icon != before.Icon)
            details["icon"] = after.Icon;
        await audit.WriteAsync(http, "project.changed", before.Id, before.Name, details).ConfigureAwait(false);
        return true;
    }

    private async ValueTask SetRetentionAsync(HttpContext http, Project project, int? days)
    {
        await retention.SetAsync(WorkspaceOf(http), project.Id, days).ConfigureAwait(false);
        var details = new Dictionary<string, string?> { ["retentionDays"] = days?.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        await audit.WriteAsync(http, "project.changed", project.Id, project.Name, details).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, int status, Project project)
    {
        ProjectCounts counts = await projects.CountAsync(WorkspaceOf(http)).ConfigureAwait(false);
        IReadOnlyDictionary<string, int> days = await retention.GetAsync(WorkspaceOf(http)).ConfigureAwait(false);
        await Answers.Json(http, status, ProjectItem.Of(project, counts, days), ApiJson.Wire.ProjectItem).ConfigureAwait(false);
    }

    private static Task NameTaken(HttpContext http, string sentence) => Answers.Error(http, 409, "name_taken", sentence);

    private static string WorkspaceOf(HttpContext http) => Caller.Of(http).Workspace.Id;

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
