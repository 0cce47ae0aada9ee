using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What needs a server of its own: the last admin, invitations that expire, the audit log, the command line.</summary>
public sealed class PeopleLifetimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_workspace_always_has_an_admin_even_if_two_push_each_other_out()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin);
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        string adaId = (await ada.Http.GetJsonAsync("/api/me")).Id;
        foreach (Answer refused in new[]
        {
            await ada.Http.PatchJsonAsync($"/api/members/{adaId}", """{"role":"viewer"}"""),
            await ada.Http.DeleteJsonAsync($"/api/members/{adaId}"),
        })
        {
            refused.Status.ShouldBe(409);
            refused["code"].ShouldBe("conflict");
            refused["error"]!.ShouldContain("last admin");
        }

        (await ada.Http.PatchJsonAsync($"/api/members/{adaId}", """{"role":"admin"}""")).Status.ShouldBe(200);
        (Browser eve, string eveId) = await People.JoinAsync(ada, "eve@example.com", "admin");
        Answer[] coup = await Task.WhenAll(
            ada.Http.PatchJsonAsync($"/api/members/{eveId}", """{"role":"viewer"}"""), eve.Http.DeleteJsonAsync($"/api/members/{adaId}"));
        coup.Count(static answer => answer.Status == 200).ShouldBe(1);
        (await Task.WhenAll(ada.Http.GetJsonAsync("/api/members"), eve.Http.GetJsonAsync("/api/members")))
            .Count(static answer => answer.Status == 200).ShouldBe(1);
        eve.Dispose();
    }

    [Fact]
    public async Task An_invitation_expires()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", [.. People.WithAdmin, ("TRACIRA_INVITATIONS__LIFETIME", "1")]);
        using Browser admin = await Browser.SignInAsync(server.Address, People.Admin);
        Answer invited = await admin.Http.PostJsonAsync("/api/members/invitations", """{"email":"late@example.com","role":"viewer"}""");
        using var browser = new Browser(server.Address);
        string path = $"/api/auth/invitations/{invited["token"]}";
        (await browser.Http.GetJsonAsync(path)).Status.ShouldBe(200);
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        (await browser.Http.GetJsonAsync(path)).Status.ShouldBe(404);
        (await browser.Http.PostJsonAsync(path, $$"""{"password":"{{People.Password}}"}""")).Status.ShouldBe(404);
        (await admin.Http.GetJsonAsync("/api/members")).Body.GetProperty("invitations").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Users_are_added_changed_listed_and_removed_from_the_command_line_whether_the_server_runs_or_not()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
        {
            (int code, string output, _) = await User("add ada@example.com --role admin --name Ada");
            code.ShouldBe(0);
            output.ShouldContain("ada@example.com can sign in as admin.");
            string password = output.Split("Password: ")[1].Trim();
            password.Length.ShouldBe(20);
            using Browser ada = await Browser.SignInAsync(server.Address, "ada@example.com", password);
            (await ada.Http.GetJsonAsync("/api/me"))["name"].ShouldBe("Ada");

            (await User("add ADA@example.com --role viewer")).Error.ShouldContain("is a user already");
            (await User("add ada --role viewer")).Error.ShouldContain("e-mail address");
            (await User("add bob@example.com --role boss")).ExitCode.ShouldBe(2);
            (await User("add bob@example.com")).ExitCode.ShouldBe(2);
            (await User("add bob@example.com --role viewer --password-stdin", "short\n")).Error.ShouldContain("10 to 200 characters");

            output = (await User("passwd ada@example.com --password-stdin", "a new good one\n")).Output;
            output.ShouldNotContain("a new good one");
            (await ada.StatusOfMeAsync()).ShouldBe(401);
            (await ada.SignInAsync("ada@example.com", "a new good one")).Status.ShouldBe(200);
            (await ada.Http.GetJsonAsync("/api/audit")).Body.ToString().ShouldContain("user.password_changed");
        }

        (await User("add bob@example.com --role viewer --password-stdin", People.Password + "\n")).Output.ShouldNotContain("Password");
        string[] list = (await User("list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.ShouldBe(["ada@example.com  Ada  admin in My workspace", "bob@example.com  bob  viewer in My workspace"]);
        (await User("remove ada@example.com")).Output.ShouldContain("ada@example.com is removed.");
        (await User("remove ada@example.com")).Error.ShouldContain("There is no user ada@example.com.");
        (await User("passwd ada@example.com")).Error.ShouldContain("There is no user");
        (await User("list")).Output.ShouldNotContain("ada@");

        await using (ServerProcess server = await ServerProcess.StartAsync(_folder))
        {
            using Browser bob = await Browser.SignInAsync(server.Address, "bob@example.com");
            (await User("passwd bob@example.com")).Output.ShouldStartWith("Password: ");
            (await bob.StatusOfMeAsync()).ShouldBe(401);
        }

        Task<(int ExitCode, string Output, string Error)> User(string arguments, string? input = null) =>
            Binary.RunAsync($"user {arguments} --data {_folder}", input);
    }

    [Fact]
    public async Task The_operators_user_endpoints_are_closed_to_admins()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin);
        using Browser admin = await Browser.SignInAsync(server.Address, People.Admin);
        (await admin.Http.GetJsonAsync("/operator/users")).Status.ShouldBe(403);
        (await admin.Http.PostJsonAsync("/operator/users", "{}")).Status.ShouldBe(403);
        (await admin.Http.CallAsync(HttpMethod.Put, "/operator/users/password", "{}")).Status.ShouldBe(403);
        (await admin.Http.CallAsync(HttpMethod.Delete, "/operator/users", "{}")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Somebody_in_two_workspaces_goes_from_one_to_the_other_with_the_role_of_each()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin);
        string second = (await server.Operator.PostJsonAsync("/operator/workspaces", """{"name":"Second"}""")).Id;
        string third = (await server.Operator.PostJsonAsync("/operator/workspaces", """{"name":"Third"}""")).Id;
        (await Binary.RunAsync($"user add {People.Admin} --role viewer --workspace {second} --data {_folder}")).Output.ShouldContain("was known already");

        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        Answer me = await ada.Http.GetJsonAsync("/api/me");
        me["role"].ShouldBe("admin");
        me.Body.GetProperty("workspaces").EnumerateArray().Select(static workspace => workspace.GetProperty("name").GetString())
            .ShouldBe(["My workspace", "Second"]);
        (await SwitchAsync(second))["role"].ShouldBe("viewer");
        (await ada.Http.GetJsonAsync("/api/me"))["workspaceName"].ShouldBe("Second");
        (await ada.Http.PostJsonAsync("/api/rules", "{}")).Status.ShouldBe(403);
        (await SwitchAsync(third)).Status.ShouldBe(404);
        (await SwitchAsync("default"))["role"].ShouldBe("admin");
        (await ada.Http.PostJsonAsync("/api/rules", "{}")).Status.ShouldBe(400);
        (await ada.Http.CallAsync(HttpMethod.Get, "/api/me", null, ("X-Tracira-Workspace", third)))["workspaceId"].ShouldBe("default");

        (await server.Operator.CallAsync(HttpMethod.Delete, $"/operator/workspaces/{second}", null)).Status.ShouldBe(200);
        (await ada.Http.GetJsonAsync("/api/me")).Body.GetProperty("workspaces").GetArrayLength().ShouldBe(1);

        Task<Answer> SwitchAsync(string workspaceId) => ada.Http.PostJsonAsync("/api/me/workspace", $$"""{"workspaceId":"{{workspaceId}}"}""");
    }

    [Fact]
    public async Task Who_let_in_whom_is_in_the_audit_log_without_any_secret()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder, "", People.WithAdmin);
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        (Browser bob, string id) = await People.JoinAsync(ada, "bob@example.com", "viewer");
        bob.Dispose();
        await ada.Http.PatchJsonAsync($"/api/members/{id}", """{"role":"reviewer"}""");
        await ada.Http.DeleteJsonAsync($"/api/members/{id}");

        JsonElement entries = (await ada.Http.GetJsonAsync("/api/audit")).Body.GetProperty("entries");
        entries.EnumerateArray().Select(static entry => $"{entry.GetProperty("actorName")} {entry.GetProperty("action")} {entry.GetProperty("subjectName")}")
            .ShouldBe([
                "ada member.removed bob@example.com", "ada member.role_changed bob@example.com",
                "bob member.joined bob@example.com", "ada member.invited bob@example.com"]);
        entries[1].GetProperty("details").GetProperty("role").GetString().ShouldBe("reviewer");
        entries.ToString().ShouldNotContain(People.Password);
    }
}
