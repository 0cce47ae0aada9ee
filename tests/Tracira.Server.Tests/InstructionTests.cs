using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/instructions.</summary>
public sealed class InstructionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Http => server.Http;

    [Fact]
    public async Task The_first_default_becomes_version_1_and_later_ones_are_ignored()
    {
        (await FetchAsync("Support", "reply", null)).ShouldMatchGolden("instructions-not-found");
        (await FetchAsync("Support", "reply", "Be kind.")).ShouldMatchGolden("instructions-first");
        (await FetchAsync("support", "REPLY", "Be rude."))["content"].ShouldBe("Be kind.");
        (await FetchAsync("Support", "other", null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_saved_version_is_in_force_at_once_and_the_earlier_ones_stay_readable()
    {
        await FetchAsync("Versions", "t", "One.");
        Answer saved = await Http.PostJsonAsync(
            "/api/instructions/versions", """{"project":"versions","task":"T","content":"Two.","teachComment":"Count on.","logId":"log-1"}""");
        saved.ShouldMatchGolden("instructions-saved");
        (await FetchAsync("Versions", "t", null))["content"].ShouldBe("Two.");
        (await Http.GetJsonAsync("/api/instructions/versions?project=VERSIONS&task=t")).ShouldMatchGolden("instructions-versions");
    }

    [Fact]
    public async Task A_version_can_be_saved_before_anybody_has_fetched()
    {
        Answer saved = await SaveAsync("Unfetched", "t", "First.");
        saved.Status.ShouldBe(201);
        saved["version"].ShouldBe("1");
    }

    [Fact]
    public async Task Of_many_who_save_at_once_each_gets_a_version_of_its_own()
    {
        Answer[] saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SaveAsync("Raced", "t", $"{i}")));
        saved.Select(static answer => int.Parse(answer["version"]!)).Order().ShouldBe(Enumerable.Range(1, 8));
        Answer newest = await FetchAsync("Raced", "t", null);
        newest["version"].ShouldBe("8");
        newest["content"].ShouldBe(saved.Single(static answer => answer["version"] == "8")["content"]);
    }

    [Fact]
    public async Task Instructions_follow_a_renamed_project_and_go_with_their_task()
    {
        await FetchAsync("Old name", "t", "Stay.");
        string id = (await Http.GetJsonAsync("/api/projects")).Body.EnumerateArray()
            .Single(static project => project.GetProperty("name").GetString() == "Old name").GetProperty("id").GetString()!;
        await Http.PatchJsonAsync($"/api/projects/{id}", """{"name":"New name"}""");
        Answer followed = await FetchAsync("New name", "t", null);
        followed["content"].ShouldBe("Stay.");
        followed["project"].ShouldBe("New name");

        await Http.DeleteJsonAsync($"/api/projects/{id}/tasks?taskName=T");
        (await FetchAsync("New name", "t", null)).Status.ShouldBe(404);
        (await Http.GetJsonAsync("/api/instructions/versions?project=New%20name&task=t")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Asking_for_what_is_not_there_makes_no_project()
    {
        await FetchAsync("Never made", "t", null);
        await Http.GetJsonAsync("/api/instructions/versions?project=Never%20made&task=t");
        (await Http.GetJsonAsync("/api/projects")).Body.EnumerateArray().ShouldNotContain(static project => project.GetProperty("name").GetString() == "Never made");
    }

    [Fact]
    public async Task Bad_fields_are_named_at_once()
    {
        (await Http.PostJsonAsync("/api/instructions", """{"task":" ","default":5.5e1}""")).Fields.Order().ShouldBe(["project", "task"]);
        (await Http.PostJsonAsync("/api/instructions/versions", "{}")).Fields.Order().ShouldBe(["content", "project", "task"]);
        (await SaveAsync("p", "t", new string('x', 50_001))).Fields.ShouldBe(["content"]);
        (await SaveAsync("p", "t", new string('x', 50_000))).Status.ShouldBe(201);
        (await Http.GetJsonAsync("/api/instructions/versions")).Fields.Order().ShouldBe(["project", "task"]);
    }

    private Task<Answer> FetchAsync(string project, string task, string? first) => Http.PostJsonAsync(
        "/api/instructions",
        JsonSerializer.Serialize(first is null ? new Dictionary<string, string> { ["project"] = project, ["task"] = task } : new() { ["project"] = project, ["task"] = task, ["default"] = first }));

    private Task<Answer> SaveAsync(string project, string task, string content) =>
        Http.PostJsonAsync("/api/instructions/versions", JsonSerializer.Serialize(new { project, task, content }));
}
