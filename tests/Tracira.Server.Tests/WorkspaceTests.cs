using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Several workspaces on one server.</summary>
public sealed partial class WorkspaceTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Each_workspace_has_a_token_of_its_own_and_nothing_of_the_others()
    {
        (string id, HttpClient second) = await AddAsync("Second");
        using (second)
        {
            (await second.GetJsonAsync("/api/verify"))["workspaceName"].ShouldBe("Second");
            string log = (await _server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"first's"}""")).Id;
            string rule = (await _server.Http.PostJsonAsync("/api/rules", """{"name":"r","type":"length_limit","value":"5"}""")).Id;
            string key = (await _server.Operator.PostJsonAsync("/api/keys", """{"name":"k","scopes":["read"]}""")).Id;

            (await second.GetJsonAsync("/api/logs"))["total"].ShouldBe("0");
            (await second.GetJsonAsync("/api/rules")).Body.GetArrayLength().ShouldBe(0);
            foreach (string path in (string[])[$"/api/logs/{log}", $"/api/logs/{log}/status", $"/api/rules/{rule}"])
                (await second.GetJsonAsync(path)).Status.ShouldBe(404, path);
            (await second.PatchJsonAsync($"/api/rules/{rule}", "{}")).Status.ShouldBe(404);
            foreach (string path in (string[])[$"/api/logs/{log}", $"/api/rules/{rule}"])
                (await second.DeleteJsonAsync(path)).Status.ShouldBe(404, path);
            (await InSecondAsync(HttpMethod.Delete, $"/api/keys/{key}")).Status.ShouldBe(404);
            (await InSecondAsync(HttpMethod.Get, "/api/keys")).Body.GetArrayLength().ShouldBe(0);
            (await InSecondAsync(HttpMethod.Get, "/api/audit")).Body.GetProperty("entries").GetArrayLength().ShouldBe(0);
        }

        Task<Answer> InSecondAsync(HttpMethod method, string path) => _server.Operator.CallAsync(method, path, null, ("X-Tracira-Workspace", id));
    }

    [Fact]
    public async Task Commands_are_about_the_workspace_they_name()
    {
        (string id, HttpClient second) = await AddAsync("Second");
        using (second)
        {
            (await CommandAsync($"token show --workspace {id}")).Output.Trim().ShouldBe(second.DefaultRequestHeaders.Authorization!.Parameter);
            (await CommandAsync("token show")).Output.Trim().ShouldBe(ServerProcess.Token);
            await second.PostJsonAsync("/api/rules", """{"name":"Only in the second","type":"length_limit","value":"5"}""");
            (await CommandAsync($"rules list --workspace {id}")).Output.ShouldContain("Only in the second");
            (await CommandAsync("rules list")).Output.ShouldNotContain("Only in the second");
            (await CommandAsync($"token rotate --workspace {id}")).ExitCode.ShouldBe(0);
            (await second.GetJsonAsync("/api/verify")).Status.ShouldBe(401);
            (await _server.Http.GetJsonAsync("/api/verify")).Status.ShouldBe(200);
            (await CommandAsync("token show --workspace nobody")).Error.ShouldContain("There is no workspace nobody");
        }
    }

    [Fact]
    public async Task Only_the_operator_may_name_the_workspace()
    {
        (string id, HttpClient second) = await AddAsync("Second");
        second.Dispose();
        Answer answer = await _server.Http.CallAsync(HttpMethod.Get, "/api/verify", null, ("X-Tracira-Workspace", id));
        answer["workspaceName"].ShouldBe("My workspace");
    }

    [Fact]
    public async Task A_workspace_is_removed_with_what_is_in_it_once_that_is_confirmed_and_the_default_one_never()
    {
        (string id, HttpClient second) = await AddAsync("Second");
        using (second)
        {
            string log = (await second.PostJsonAsync("/api/logs", """{"project":"p","output":"x"}""")).Id;
            (await CommandAsync("workspace list")).Output.ShouldContain("Second");

            (int code, _, string error) = await CommandAsync($"workspace remove {id}");
            code.ShouldBe(2);
            error.ShouldContain("--yes");
            (await second.GetJsonAsync($"/api/logs/{log}")).Status.ShouldBe(200);

            (await CommandAsync($"workspace remove {id} --yes")).ExitCode.ShouldBe(0);
            (await second.GetJsonAsync($"/api/logs/{log}")).Status.ShouldBe(401);
            (await CommandAsync("workspace list")).Output.ShouldNotContain("Second");
            (await CommandAsync($"workspace remove {id} --yes")).Error.ShouldContain("There is no workspace");
        }

        (await CommandAsync("workspace remove default --yes")).Error.ShouldContain("cannot be removed");
        (await _server.StopAsync()).ShouldBe(0);
        (await CommandAsync("workspace list")).Output.ShouldNotContain("Second");
    }

    private async Task<(string Id, HttpClient Http)> AddAsync(string name)
    {
        Match added = AddedWorkspace().Match((await CommandAsync($"workspace add \"{name}\"")).Output);
        added.Success.ShouldBeTrue();
        var http = new HttpClient { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", added.Groups["token"].Value);
        return (added.Groups["id"].Value, http);
    }

    private Task<(int ExitCode, string Output, string Error)> CommandAsync(string command) => Binary.RunAsync($"{command} --data {_folder}");

    [GeneratedRegex(@"id\s+(?<id>\S+)\s+token\s+(?<token>wh-\S+)")]
    private static partial Regex AddedWorkspace();
}
