using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Projects and their tasks.</summary>
internal static class ProjectCases
{
    public static ContractCase[] All { get; } =
    [
        Good("GET /api/projects", 200, static async scene =>
        {
            string id = await scene.ProjectAsync();
            await scene.DoAsync("PATCH", $"/api/projects/{id}", """{"icon":"🎧","retentionDays":30}""");
            await scene.LogAsync(""" "project":"Other","output":"Hello" """);
            return new Call();
        }),
        Good("POST /api/projects", 201, static scene => new Call { Body = """{"name":" Support "}""" }),
        Faulty("POST /api/projects", ["name"], static scene => new Call { Body = """{"name":" "}""" }),
        Bad("POST /api/projects", 409, "name_taken", "with a name that is taken", static async scene =>
        {
            await scene.ProjectAsync();
            return new Call { Body = """{"name":"SUPPORT"}""" };
        }),
        Good("PATCH /api/projects/{id}", 200, static async scene =>
            new Call { Id = await scene.ProjectAsync(), Body = """{"name":"Help","icon":"🎧","retentionDays":"30"}""" }),
        Good("PATCH /api/projects/{id}", 200, static async scene =>
        {
            await scene.LogAsync(""" "project":"Help","output":"Hello" """);
            await scene.LogAsync();
            string id = (await scene.DoAsync("GET", "/api/projects")).Body.EnumerateArray()
                .Single(static project => project.GetProperty("name").GetString() == "Support").GetProperty("id").GetString()!;
            return new Call { Id = id, Body = """{"name":"help","merge":"true"}""" };
        }, "merging two"),
        Faulty("PATCH /api/projects/{id}", ["icon", "merge", "name", "retentionDays"], static async scene =>
            new Call { Id = await scene.ProjectAsync(), Body = """{"name":" ","icon":[],"merge":"perhaps","retentionDays":-1}""" }),
        Bad("PATCH /api/projects/{id}", 409, "name_taken", "with a name that is taken", static async scene =>
        {
            await scene.ProjectAsync("Help");
            return new Call { Id = await scene.ProjectAsync(), Body = """{"name":"help"}""" };
        }),
        Good("DELETE /api/projects/{id}", 200, static async scene => new Call { Id = await scene.ProjectWithTaskAsync() }),

        Good("GET /api/projects/{id}/tasks", 200, static async scene =>
        {
            string id = await scene.ProjectWithTaskAsync();
            await scene.LogAsync(""" "project":"Support","task":"Reply","output":"Hello" """);
            return new Call { Id = id };
        }),
        Good("POST /api/projects/{id}/tasks", 201, static async scene => new Call { Id = await scene.ProjectAsync(), Body = """{"name":"Reply"}""" }),
        Faulty("POST /api/projects/{id}/tasks", ["name"], static async scene => new Call { Id = await scene.ProjectAsync(), Body = "{}" }),
        Bad("POST /api/projects/{id}/tasks", 409, "name_taken", "with a name that is taken", static async scene =>
            new Call { Id = await scene.ProjectWithTaskAsync(), Body = """{"name":"reply"}""" }),
        Good("DELETE /api/projects/{id}/tasks", 200, static async scene => new Call { Id = await scene.ProjectWithTaskAsync(), Query = "?taskName=Reply" }),
        Faulty("DELETE /api/projects/{id}/tasks", ["taskName"], static async scene => new Call { Id = await scene.ProjectWithTaskAsync() }),
        Bad("DELETE /api/projects/{id}/tasks", 404, "not_found", "about a task that is not there", static async scene =>
            new Call { Id = await scene.ProjectWithTaskAsync(), Query = "?taskName=Answer" }),
    ];
}
