using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Instructions;

namespace Tracira.Server.Api;

/// <summary>Instructions: fetch the ones in force, save a new version, list the versions.</summary>
internal sealed class InstructionEndpoints(InstructionBook book, ITraciraStore store, AuditLog audit, ServerOptions options)
{
    private const int MaxContent = 50_000;
    private const int MaxComment = 10_000;
    private const int MaxLogId = 128;

    public void Map(IEndpointRouteBuilder api)
    {
        // Whoever sends logs fetches what its AI is to be told, so this asks for no more than sending does.
        api.MapPost("/instructions", Fetch)
            .Requires(Permissions.Ingest)
            .Describe("getInstructions", "Instructions", "Get the instructions in force for a project and task, saving the first version where there is none")
            .Takes<InstructionsBody>()
            .Returns<InstructionItem>(200)
            .Fails(400, 401, 403, 404, 413, 415, 503);
        api.MapPost("/instructions/versions", Save)
            .Requires(Permissions.Manage)
            .Describe("saveInstructions", "Instructions", "Save and activate a new version of instructions")
            .Takes<InstructionVersionBody>()
            .Returns<InstructionItem>(201)
            .Fails(400, 401, 403, 413, 415, 503);
        api.MapGet("/instructions/versions", List)
            .Requires(Permissions.Read)
            .Describe("listInstructionVersions", "Instructions", "List the versions of instructions, the newest first")
            .TakesQuery(("project", "the project's name"), ("task", "the task's name"))
            .Returns<InstructionVersionsAnswer>(200)
            .Fails(400, 401, 403, 404);
    }

    private async Task Fetch(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string project = fields.Name("project");
        string task = fields.Name("task");
        string? first = fields.Text("default", MaxContent);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = Caller.Of(http).Workspace.Id;
        Project? known = await FindProjectAsync(workspaceId, project, http.RequestAborted).ConfigureAwait(false);
        InstructionVersion? version = known is null
            ? null
            : await book.FindAsync(workspaceId, known.Id, task, http.RequestAborted).ConfigureAwait(false);
        if (version is null && first is not null)
        {
            Placement placement = await store.Projects.ResolveAsync(workspaceId, project, task).ConfigureAwait(false);
            known = placement.Project;
            version = await book.BeginAsync(workspaceId, known.Id, task, first).ConfigureAwait(false);
        }

        if (version is null)
            await NotFound(http).ConfigureAwait(false);
        else
            await Answers.Json(http, 200, InstructionItem.Of(known!.Name, task, version), ApiJson.Wire.InstructionItem).ConfigureAwait(false);
    }

    private async Task Save(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string project = fields.Name("project");
        string task = fields.Name("task");
        string content = fields.Required("content");
        if (content.Length is 0 or > MaxContent)
            fields.Fault("content", $"must have 1 to {MaxContent:N0} characters");
        string? comment = fields.Text("teachComment", MaxComment);
        string? logId = fields.Text("logId", MaxLogId);
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = Caller.Of(http).Workspace.Id;
        Placement placement = await store.Projects.ResolveAsync(workspaceId, project, task).ConfigureAwait(false);
        InstructionVersion version = await book
            .AddAsync(workspaceId, placement.Project.Id, task, content, comment, logId).ConfigureAwait(false);
        var details = new Dictionary<string, string?> { ["task"] = placement.TaskName, ["version"] = $"{version.Version}" };
        await audit.WriteAsync(http, "instructions.saved", placement.Project.Id, placement.Project.Name, details).ConfigureAwait(false);
        var answer = InstructionItem.Of(placement.Project.Name, placement.TaskName!, version);
        await Answers.Json(http, 201, answer, ApiJson.Wire.InstructionItem).ConfigureAwait(false);
    }

    private async Task List(HttpContext http)
    {
        string project = http.Request.Query["project"].ToString().Trim();
        string task = http.Request.Query["task"].ToString().Trim();
        FieldError[] errors = [.. Missing("project", project), .. Missing("task", task)];
        if (errors.Length > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = Caller.Of(http).Workspace.Id;
        Project? known = await FindProjectAsync(workspaceId, project, http.RequestAborted).ConfigureAwait(false);
        IReadOnlyList<InstructionVersion> versions = known is null
            ? []
            : await book.ListAsync(workspaceId, known.Id, task, http.RequestAborted).ConfigureAwait(false);
        if (versions.Count == 0)
        {
            await NotFound(http).ConfigureAwait(false);
            return;
        }

        var answer = new InstructionVersionsAnswer([.. versions.Select(version => InstructionItem.Of(known!.Name, task, version))]);
        await Answers.Stream(http, answer, ApiJson.Wire.InstructionVersionsAnswer).ConfigureAwait(false);
    }

    // Asking does not make a project, as sending a log does.
    private async ValueTask<Project?> FindProjectAsync(string workspaceId, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<Project> projects = await store.Projects.ListAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        return projects.FirstOrDefault(project => string.Equals(project.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static Task NotFound(HttpContext http) => Answers.Error(
        http, 404, "not_found", "There are no instructions for this project and task. POST /api/instructions with a default begins them.");

    private static FieldError[] Missing(string name, string value) => value.Length == 0 ? [new FieldError(name, "is required")] : [];
}
