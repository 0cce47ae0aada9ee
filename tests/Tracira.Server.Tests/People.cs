namespace Tracira.Server.Tests;

/// <summary>Who the tests are about.</summary>
internal static class People
{
    public const string Admin = "ada@example.com";
    public const string Password = "correct horse battery";

    /// <summary>Settings that make the admin at start.</summary>
    public static readonly (string Name, string Value)[] WithAdmin = [("TRACIRA_ADMIN_EMAIL", Admin), ("TRACIRA_ADMIN_PASSWORD", Password)];

    /// <summary>Has the admin invite somebody who follows at once.</summary>
    /// <returns>The newcomer's browser and id.</returns>
    public static async Task<(Browser Browser, string Id)> JoinAsync(Browser admin, string email, string role)
    {
        Answer invited = await admin.Http.PostJsonAsync("/api/members/invitations", $$"""{"email":"{{email}}","role":"{{role}}"}""");
        var browser = new Browser(admin.Server);
        Answer joined = await browser.Http.PostJsonAsync($"/api/auth/invitations/{invited["token"]}", $$"""{"password":"{{Password}}"}""");
        return joined.Status == 200 ? (browser, joined.Id) : throw new InvalidOperationException($"{email} cannot join: {joined.Body}");
    }
}

/// <summary>A server whose admin is there from the start.</summary>
public sealed class PeopleFixture : ServerFixture
{
    protected override (string Name, string Value)[] Environment => People.WithAdmin;
}
