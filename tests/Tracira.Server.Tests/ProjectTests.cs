using System.Net.Http.Headers;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/projects and the tasks in them.</summary>
public sealed class ProjectTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task A_project_is_created_listed_given_an_icon_renamed_and_deleted()
    {
        Answer created = await CreateAsync("Crud");
        created.ShouldMatchGolden("project-created");
        (await Http.PatchJsonAsync($"/api/projects/{created.Id}", """{"icon":"🛒","name":" Crud 2 ","retentionDays":"30"}""")).ShouldMatchGolden("project-changed");
        await LogAsync("crud 2", null, "x");
        (await ItemAsync(created.Id)).ShouldBe(("Crud 2", 1));
        Answer cleared = await Http.PatchJsonAsync($"/api/projects/{created.Id}", """{"icon":"","retentionDays":null}""");
        cleared["icon"].ShouldBeNull();
        cleared["retentionDays"].ShouldBeNull();
        cleared["name"].ShouldBe("Crud 2");

        (await Http.DeleteJsonAsync($"/api/projects/{created.Id}")).ShouldMatchGolden("project-deleted");
        (await ItemAsync(created.Id)).ShouldBeNull();
        (await Http.DeleteJsonAsync($"/api/projects/{created.Id}")).ShouldMatchGolden("project-not-found");
    }

    [Fact]
    public async Task The_list_has_every_project_by_name_with_the_number_of_its_logs()
    {
        using var fresh = new TemporaryServerFolder();
        await using ServerProcess own = await ServerProcess.StartAsync(fresh.Path);
        await own.Http.PostJsonAsync("/api/projects", """{"name":"beta"}""");
        await own.Http.PostJsonAsync("/api/logs", """{"project":"Alpha","task":"draft","output":"x"}""");
        await own.Http.PostJsonAsync("/api/logs", """{"project":"alpha","output":"x"}""");
        (await own.Http.GetJsonAsync("/api/projects")).ShouldMatchGolden("project-list");
    }

    [Fact]
    public async Task A_taken_name_is_refused_in_whatever_case()
    {
        Answer first = await CreateAsync("Taken");
        (await Http.PostJsonAsync("/api/projects", """{"name":" TAKEN "}""")).ShouldMatchGolden("project-name-taken");
        Answer other = await CreateAsync("Free");
        Answer renamed = await Http.PatchJsonAsync($"/api/projects/{other.Id}", """{"name":"taken","merge":false}""");
        renamed.Status.ShouldBe(409);
        renamed["code"].ShouldBe("name_taken");
        (await ItemAsync(other.Id)).ShouldBe(("Free", 0));
        (await Http.PatchJsonAsync($"/api/projects/{first.Id}", """{"name":"TAKEN"}"""))["name"].ShouldBe("TAKEN", "its own name is not taken from it");
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":"  "}""", "name")]
    [InlineData("""{"name":{}}""", "name")]
    [InlineData("""{"name":"LONG"}""", "name")]
    public async Task A_project_or_task_without_a_usable_name_is_refused(string body, string field)
    {
        Answer project = await CreateAsync(Guid.NewGuid().ToString());
        foreach (string path in new[] { "/api/projects", $"/api/projects/{project.Id}/tasks" })
        {
            Answer answer = await Http.PostJsonAsync(path, body.Replace("LONG", new string('x', 201), StringComparison.Ordinal));
            answer.Status.ShouldBe(400);
            answer.Fields.ShouldBe([field]);
        }
    }

    [Fact]
    public async Task All_bad_fields_of_a_change_are_named_at_once_and_nothing_is_changed()
    {
        Answer project = await CreateAsync("Bad fields");
        Answer answer = await Http.PatchJsonAsync(
            $"/api/projects/{project.Id}", $$"""{"name":"","merge":"maybe","icon":"{{new string('x', 101)}}","retentionDays":1.5}""");
        answer.Status.ShouldBe(400);
        answer.Fields.Order().ShouldBe(["icon", "merge", "name", "retentionDays"]);
        (await ItemAsync(project.Id)).ShouldBe(("Bad fields", 0));
        (await Http.PatchJsonAsync($"/api/projects/{project.Id}", """{"retentionDays":-1}""")).Status.ShouldBe(400);
        (await Http.PatchJsonAsync($"/api/projects/{project.Id}", """["name"]""")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_rule_follows_its_project_to_the_new_name_and_goes_on_applying()
    {
        Answer project = await CreateAsync("Before");
        Answer rule = await RuleAsync("""{"name":"r","type":"keyword_forbidden","value":"red","projectName":"Before"}""");
        string old = (await LogAsync("before", null, "red")).Id;
        await Http.PatchJsonAsync($"/api/projects/{project.Id}", """{"name":"After"}""");

        (await Http.GetJsonAsync($"/api/rules/{rule.Id}"))["projectName"].ShouldBe("After");
        (await Http.GetJsonAsync($"/api/logs/{old}"))["projectName"].ShouldBe("After");
        (await LogAsync("after", null, "red"))["status"].ShouldBe("flagged");
        (await LogAsync("before", null, "red"))["status"].ShouldBe("pass", "that is a new project now");
        (await ItemAsync(project.Id)).ShouldBe(("After", 2));
    }

    [Fact]
    public async Task A_project_merged_into_another_takes_its_logs_tasks_and_rules_along()
    {
        Answer from = await CreateAsync("From");
        Answer into = await CreateAsync("Into");
        Answer rule = await RuleAsync("""{"name":"r","type":"keyword_forbidden","value":"red","projectName":"From","taskName":"Draft"}""");
        await InstructAsync("From", "Draft");
        string moved = (await LogAsync("From", "draft", "red")).Id;
        await LogAsync("From", "only here", "x");
        await LogAsync("Into", "DRAFT", "red");

        Answer answer = await Http.PatchJsonAsync($"/api/projects/{from.Id}", """{"name":"INTO","merge":true,"icon":"I"}""");
        answer.Status.ShouldBe(200);
        answer.Id.ShouldBe(into.Id);
        answer["name"].ShouldBe("Into");
        answer["icon"].ShouldBe("I");
        answer["executionCount"].ShouldBe("3");
        (await ItemAsync(from.Id)).ShouldBeNull();
        (await TasksAsync(into.Id)).ShouldBe([("DRAFT", 2), ("only here", 1)]);
        Answer log = await Http.GetJsonAsync($"/api/logs/{moved}");
        log["projectId"].ShouldBe(into.Id);
        log["taskName"].ShouldBe("DRAFT");
        (await Http.GetJsonAsync($"/api/rules/{rule.Id}"))["projectId"].ShouldBe(into.Id);
        (await LogAsync("into", "draft", "red"))["status"].ShouldBe("flagged");
        (await InstructAsync("into", "draft"))["content"].ShouldBe("Be kind.");
        (await Http.GetJsonAsync("/api/logs?project=into"))["total"].ShouldBe("4");
        (await Http.GetJsonAsync("/api/logs?project=from"))["total"].ShouldBe("0");
    }

    [Fact]
    public async Task Merge_onto_a_free_name_is_a_rename()
    {
        Answer project = await CreateAsync("Alone");
        Answer answer = await Http.PatchJsonAsync($"/api/projects/{project.Id}", """{"name":"Still alone","merge":"true"}""");
        answer.Id.ShouldBe(project.Id);
        answer["name"].ShouldBe("Still alone");
    }

    [Fact]
    public async Task A_deleted_project_takes_its_logs_tasks_rules_and_instructions_with_it_and_nothing_else()
    {
        Answer project = await CreateAsync("Doomed");
        Answer rule = await RuleAsync("""{"name":"r","type":"keyword_forbidden","value":"red","projectName":"Doomed"}""");
        await InstructAsync("Doomed", "t");
        string gone = (await LogAsync("Doomed", "t", "red")).Id;
        string kept = (await LogAsync("Spared", "t", "red")).Id;
        string total = (await Http.GetJsonAsync("/api/settings")).Body.GetProperty("usage").GetProperty("logsTotal").ToString();

        (await Http.DeleteJsonAsync($"/api/projects/{project.Id}"))["success"].ShouldBe("True");
        (await Http.GetJsonAsync($"/api/logs/{gone}")).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/logs/{kept}")).Status.ShouldBe(200);
        (await Http.GetJsonAsync($"/api/rules/{rule.Id}")).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/projects/{project.Id}/tasks")).Status.ShouldBe(404);
        (await Http.GetJsonAsync("/api/settings")).Body.GetProperty("usage").GetProperty("logsTotal").GetInt64().ShouldBeLessThan(long.Parse(total));

        (await LogAsync("Doomed", null, "red"))["status"].ShouldBe("pass", "a project of that name begins anew");
        (await Http.PostJsonAsync("/api/instructions", """{"project":"Doomed","task":"t"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Tasks_are_created_listed_and_deleted_with_their_logs_and_rules()
    {
        Answer project = await CreateAsync("With tasks");
        Answer created = await Http.PostJsonAsync($"/api/projects/{project.Id}/tasks", """{"name":" Summary "}""");
        created.ShouldMatchGolden("task-created");
        created["projectId"].ShouldBe(project.Id);
        (await Http.PostJsonAsync($"/api/projects/{project.Id}/tasks", """{"name":"SUMMARY"}""")).ShouldMatchGolden("task-name-taken");
        Answer rule = await RuleAsync("""{"name":"r","type":"keyword_forbidden","value":"red","projectName":"With tasks","taskName":"summary"}""");
        string gone = (await LogAsync("With tasks", "summary", "red")).Id;
        await LogAsync("With tasks", "draft", "x");
        (await TasksAsync(project.Id)).ShouldBe([("draft", 1), ("Summary", 1)]);
        (await Http.GetJsonAsync($"/api/projects/{project.Id}/tasks")).ShouldMatchGolden("task-list");

        (await Http.DeleteJsonAsync($"/api/projects/{project.Id}/tasks?taskName=SUMMARY")).ShouldMatchGolden("task-deleted");
        (await TasksAsync(project.Id)).ShouldBe([("draft", 1)]);
        (await Http.GetJsonAsync($"/api/logs/{gone}")).Status.ShouldBe(404);
        (await Http.GetJsonAsync($"/api/rules/{rule.Id}")).Status.ShouldBe(404);
        (await ItemAsync(project.Id)).ShouldBe(("With tasks", 1));
        (await Http.DeleteJsonAsync($"/api/projects/{project.Id}/tasks?taskName=summary")).ShouldMatchGolden("task-not-found");
        (await Http.DeleteJsonAsync($"/api/projects/{project.Id}/tasks")).Fields.ShouldBe(["taskName"]);
    }

    [Fact]
    public async Task A_rule_for_a_new_task_of_a_known_project_makes_the_task()
    {
        Answer project = await CreateAsync("Rules first");
        await RuleAsync($$"""{"name":"r","type":"keyword_forbidden","value":"red","projectId":"{{project.Id}}","taskName":"review"}""");
        (await TasksAsync(project.Id)).ShouldBe([("review", 0)]);
        (await LogAsync("Rules first", "review", "red"))["status"].ShouldBe("flagged");
    }

    [Theory]
    [InlineData("PATCH", "/api/projects/none", """{"name":"x"}""")]
    [InlineData("DELETE", "/api/projects/none", null)]
    [InlineData("GET", "/api/projects/none/tasks", null)]
    [InlineData("POST", "/api/projects/none/tasks", """{"name":"x"}""")]
    [InlineData("DELETE", "/api/projects/none/tasks?taskName=x", null)]
    public async Task What_is_not_there_is_not_found(string method, string path, string? body)
    {
        Answer answer = await Http.CallAsync(new HttpMethod(method), path, body);
        answer.Status.ShouldBe(404);
        answer["code"].ShouldBe("not_found");
    }

    [Fact]
    public async Task Of_many_who_create_one_project_at_once_one_succeeds()
    {
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Http.PostJsonAsync("/api/projects", """{"name":"Race"}""")));
        answers.Select(static answer => answer.Status).Order().ShouldBe([201, .. Enumerable.Repeat(409, 7)]);
    }

    [Fact]
    public async Task Another_workspaces_things_are_not_found_and_its_names_are_free()
    {
        Answer project = await CreateAsync("Ours");
        await Http.PostJsonAsync($"/api/projects/{project.Id}/tasks", """{"name":"t"}""");
        await InstructAsync("Ours", "t");
        Answer subscription = await Http.PostJsonAsync("/api/subscriptions", """{"url":"https://example.com/ours","events":["pass"]}""");
        await Http.PatchJsonAsync("/api/settings", """{"color":"ours"}""");

        Answer workspace = await server.Operator.PostJsonAsync("/operator/workspaces", """{"name":"Other"}""");
        using var other = new HttpClient { BaseAddress = server.Address };
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", workspace["webhookToken"]);
        foreach ((string method, string path, string? body) in new[]
        {
            ("PATCH", $"/api/projects/{project.Id}", """{"name":"Theirs"}"""),
            ("DELETE", $"/api/projects/{project.Id}", null),
            ("GET", $"/api/projects/{project.Id}/tasks", null),
            ("POST", $"/api/projects/{project.Id}/tasks", """{"name":"u"}"""),
            ("DELETE", $"/api/projects/{project.Id}/tasks?taskName=t", null),
            ("DELETE", $"/api/subscriptions/{subscription.Id}", null),
            ("POST", "/api/instructions", """{"project":"Ours","task":"t"}"""),
            ("GET", "/api/instructions/versions?project=Ours&task=t", null),
        })
            (await other.CallAsync(new HttpMethod(method), path, body)).Status.ShouldBe(404, $"{method} {path}");

        (await other.GetJsonAsync("/api/projects")).Body.GetArrayLength().ShouldBe(0);
        (await other.GetJsonAsync("/api/subscriptions")).Body.GetProperty("subscriptions").GetArrayLength().ShouldBe(0);
        (await other.GetJsonAsync("/api/settings"))["color"].ShouldBeNull();
        (await other.PostJsonAsync(
            "/api/rules", $$"""{"name":"r","type":"length_limit","value":"5","projectId":"{{project.Id}}"}""")).Fields.ShouldBe(["projectId"]);
        (await other.PostJsonAsync("/api/projects", """{"name":"Ours"}""")).Status.ShouldBe(201);
        (await ItemAsync(project.Id)).ShouldBe(("Ours", 0));
        (await TasksAsync(project.Id)).ShouldBe([("t", 0)]);
    }

    private async Task<Answer> CreateAsync(string name)
    {
        Answer created = await Http.PostJsonAsync("/api/projects", $$"""{"name":"{{name}}"}""");
        created.Status.ShouldBe(201);
        return created;
    }

    private async Task<Answer> RuleAsync(string body)
    {
        Answer created = await Http.PostJsonAsync("/api/rules", body);
        created.Status.ShouldBe(201);
        return created;
    }

    private Task<Answer> LogAsync(string project, string? task, string output) =>
        Http.PostJsonAsync("/api/logs", JsonSerializer.Serialize(new { project, task, output, sync = true }));

    private Task<Answer> InstructAsync(string project, string task) =>
        Http.PostJsonAsync("/api/instructions", JsonSerializer.Serialize(new { project, task, @default = "Be kind." }));

    private async Task<(string Name, int Count)?> ItemAsync(string id)
    {
        JsonElement item = (await Http.GetJsonAsync("/api/projects")).Body.EnumerateArray()
            .FirstOrDefault(project => project.GetProperty("id").GetString() == id);
        return item.ValueKind == JsonValueKind.Undefined ? null : (item.GetProperty("name").GetString()!, item.GetProperty("executionCount").GetInt32());
    }

    private async Task<(string, int)[]> TasksAsync(string projectId) =>
        [.. (await Http.GetJsonAsync($"/api/projects/{projectId}/tasks")).Body.EnumerateArray()
            .Select(static task => (task.GetProperty("name").GetString()!, task.GetProperty("executionCount").GetInt32()))];
}
